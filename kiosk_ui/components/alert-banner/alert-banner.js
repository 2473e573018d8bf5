import { inLanguage, kindOf, warnings } from "../../alerts.js";
import { Part, el } from "../../dom.js";
import { icon } from "../../icons.js";
import { clockFace, sinceWhen, wallClock } from "../../station-clock.js";
import { alertSign } from "../alert-sign/alert-sign.js";

/** @import { View } from "../../dom.js" */
/** @import { AlertView } from "../../protocol.js" */

/** Warnings that take over no screen: one line above the page, a card of each when it is touched. Tells `reading`. */
class AlertBanner extends Part {
  #line = el("button", { type: "button", class: "line", "aria-haspopup": "dialog", on: { click: () => this.tell("reading", true) } });
  #title = el("h2", { id: "alert-banner-title" });
  #close = el("button", { type: "button", class: "close", on: { click: () => this.tell("reading", false) } }, icon("close"));
  #cards = el("div", { class: "cards", tabindex: 0, role: "region", "aria-labelledby": "alert-banner-title" });
  #dialog = el("dialog", { "aria-labelledby": "alert-banner-title" }, el("div", { class: "top" }, this.#title, this.#close), this.#cards);

  connectedCallback() {
    this.setAttribute("role", "region");
    this.append(el("div", { role: "status" }, this.#line), this.#dialog);
    this.#dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      this.tell("reading", false);
    });
  }

  /** @param {View} view */
  update(view) {
    const { state, t, tag } = view;
    const all = warnings(state);
    this.hidden = !all.length;
    this.when("warnings", [all, state.staleAt, state.clock, tag, state.disclaimer], () => {
      this.setAttribute("aria-label", t("warnings"));
      this.#title.textContent = t("warnings");
      this.#close.setAttribute("aria-label", t("close"));
      const [first] = all;
      if (first) this.#drawLine(first, all.length - 1, view);
      this.#cards.replaceChildren(...this.#stale(view), ...all.map((alert) => this.#card(alert, view)));
    });
    this.when("open", state.reading, () => {
      if (!state.reading) return this.#dialog.close();
      this.#dialog.showModal();
      this.#cards.scrollTop = 0;
    });
  }

  /** @param {AlertView} alert @param {number} more @param {View} view */
  #drawLine(alert, more, view) {
    const { state, t } = view;
    const kind = kindOf(alert);
    this.dataset.kind = kind;
    this.#line.replaceChildren(
      alertSign(kind), el("strong", { class: "word", text: t(`alert_word_${kind}`) }),
      el("span", { class: "headline", text: inLanguage(alert.headline, state.language) ?? "" }),
      ...(more ? [el("span", { class: "more", text: t("warnings_more", { count: more }) })] : []),
      el("span", { class: "read" }, el("span", { text: t("warnings_read") }), icon("open")));
    this.#line.append(...this.#stale(view));
  }

  /** @param {View} view */
  #stale({ state, t }) {
    if (state.staleAt === null || !state.clock) return [];
    return [el("span", { class: "stale", text: t("alert_last_known", { time: clockFace(wallClock(state.clock, state.staleAt)) }) })];
  }

  /** @param {AlertView} alert @param {View} view */
  #card(alert, { state, t, tag, at }) {
    const kind = kindOf(alert);
    const text = (/** @type {Record<string, string>} */ texts) => inLanguage(texts, state.language) ?? "";
    const facts = [["pin", text(alert.area)], ["clock", t("alert_since", { time: sinceWhen(alert.since, state.clock, at, tag) })], ["person", text(alert.sender)]];
    return el("article", { "data-kind": kind },
      el("p", { class: "sign" }, alertSign(kind), el("strong", { text: t(`alert_word_${kind}`) }), el("span", { text: text(alert.event) })),
      alert.status === "Actual" ? null : el("p", { class: "unreal", text: t("alert_not_real") }),
      el("h3", { text: text(alert.headline) }),
      text(alert.instruction) ? el("p", { class: "instruction", text: text(alert.instruction) }) : null,
      el("ul", { class: "facts" }, ...facts.filter(([, words]) => words).map(([name, words]) => el("li", {}, icon(name ?? ""), el("span", { text: words })))),
      alert.life_safety ? el("p", { class: "disclaimer", text: text(state.disclaimer) }) : null);
  }
}

customElements.define("alert-banner", AlertBanner);
