import { alarmShown, inLanguage, kindOf } from "../../alerts.js";
import { Part, el } from "../../dom.js";
import { tagOf } from "../../i18n.js";
import { icon } from "../../icons.js";
import { clockFace, sinceWhen, wallClock } from "../../station-clock.js";
import { AlarmWay } from "../alarm-way/alarm-way.js";
import { alertSign } from "../alert-sign/alert-sign.js";
import { LanguageSwitch } from "../language-switch/language-switch.js";

/** @import { View } from "../../dom.js" */
/** @import { AlertView } from "../../protocol.js" */

/** How large and how small the letters may become; past the smallest the text is scrolled. */
const SCALES = [1.4, 1.25, 1.12, 1, 0.9, 0.8, 0.72, 0.64, 0.56];

/** @param {HTMLElement} part  whether all of it is seen; heights are rounded, hence the pixel */
const whole = (part) => part.hidden || (part.scrollHeight <= part.clientHeight + 1 && part.scrollWidth <= part.clientWidth + 1);

/**
 * Danger: what it is, what to do, the way out. Covers the page; nothing on it closes it. Tells `alarm-next`, `alarm-read` when
 * somebody reads with the keyboard or scrolls, and what its parts tell.
 */
class AlarmScreen extends Part {
  #said = el("p", { class: "said", role: "alert" });
  #sign = el("p", { class: "sign" });
  #clock = el("p", { class: "clock" });
  #stale = el("p", { class: "stale" });
  #headline = el("h1");
  #instruction = el("p", { class: "instruction" });
  #facts = el("ul", { class: "facts" });
  #text = el("section", { class: "text", tabindex: 0 }, this.#stale, this.#headline, this.#instruction, this.#facts);
  #way = new AlarmWay();
  #languages = new LanguageSwitch();
  #number = el("p", { class: "number" });
  #nextText = el("span");
  #next = el("button", { type: "button", class: "next", on: { click: () => this.tell("alarm-next") } }, this.#nextText, icon("next"));
  #disclaimer = el("p", { class: "disclaimer" });

  connectedCallback() {
    this.tabIndex = -1;
    this.setAttribute("role", "main");
    this.append(this.#said,
      el("div", { class: "head" }, this.#sign, this.#clock),
      el("div", { class: "body" }, this.#text, this.#way),
      el("div", { class: "foot" }, el("div", { class: "stack" }, this.#number, this.#next), this.#languages, this.#disclaimer));
    for (const region of [this.#text, this.#way]) {
      for (const type of ["wheel", "touchmove", "focus"]) region.addEventListener(type, () => this.tell("alarm-read"), { passive: true });
    }
    new ResizeObserver(() => this.#fit()).observe(this);
  }

  /** @param {View & {language: string}} view */
  update(view) {
    const { state, t, tag, at, language } = view;
    const { alert, number, total } = alarmShown(state);
    const begins = this.hidden && state.alarm !== null;
    this.hidden = !state.alarm;
    if (!state.alarm || !alert) return this.#clear();
    this.dataset.kind = kindOf(alert);
    this.setAttribute("aria-label", t("alarm"));
    const wall = state.clock ? clockFace(wallClock(state.clock, at)) : "";
    this.when("clock", wall, () => (this.#clock.textContent = wall));
    this.when("said", [alert.id, alert.headline, alert.instruction, state.language], () => this.#say(alert, state.language));
    const since = sinceWhen(alert.since, state.clock, at, tag);
    this.when("text", [alert, since, state.staleAt, language, tag], () => this.#draw(alert, since, view));
    this.#way.update(alert, view);
    this.#languages.update({ ...view, state: { ...state, language } });
    this.when("foot", [number, total, tag, state.disclaimer, language], () => {
      this.#number.textContent = t("alert_number", { number, total });
      this.#nextText.textContent = t("alert_next");
      this.#number.hidden = this.#next.hidden = total < 2;
      this.#disclaimer.textContent = inLanguage(state.disclaimer, language) ?? "";
    });
    this.when("fit", [alert, state.staleAt, state.alarm.stepFree, language, total, state.disclaimer], () => this.#fit());
    if (begins) this.focus();
  }

  /** Nothing of an alarm that is over is left; the next one is announced anew. */
  #clear() {
    this.when("said", null, () => this.#said.replaceChildren());
  }

  /** To a screen reader: once in the language of the page, and not again at every turn of the languages. @param {AlertView} alert @param {string} language */
  #say(alert, language) {
    this.#said.lang = tagOf(language);
    this.#said.textContent = [alert.headline, alert.instruction].map((texts) => inLanguage(texts, language) ?? "").join(" ");
  }

  /** @param {AlertView} alert @param {string} since @param {View & {language: string}} view */
  #draw(alert, since, { state, t, language }) {
    const kind = kindOf(alert);
    const text = (/** @type {Record<string, string>} */ texts) => inLanguage(texts, language) ?? "";
    this.#sign.replaceChildren(alertSign(kind), el("span", { class: "word", text: t(`alert_word_${kind}`) }));
    this.#text.setAttribute("aria-label", text(alert.event));
    this.#headline.textContent = text(alert.headline);
    this.#instruction.textContent = text(alert.instruction);
    const known = state.staleAt !== null && state.clock ? clockFace(wallClock(state.clock, state.staleAt)) : "";
    this.#stale.hidden = state.staleAt === null;
    this.#stale.replaceChildren(icon("info"), el("span", { text: t("alert_last_known", { time: known }) }));
    const facts = [["pin", text(alert.area)], ["clock", t("alert_since", { time: since })], ["person", text(alert.sender)]];
    this.#facts.replaceChildren(...facts.filter(([, words]) => words).map(([name, words]) => el("li", {}, icon(name ?? ""), el("span", { text: words }))));
    this.#text.scrollTop = this.#way.scrollTop = 0;
    this.#fade();
  }

  /** The languages change places softly. */
  #fade() {
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    for (const part of [this.#text, this.#way]) part.animate([{ opacity: 0.35 }, { opacity: 1 }], { duration: 350, easing: "ease-out" });
  }

  /** Letters as large as let everything be read at once; past the smallest the regions are scrolled. */
  #fit() {
    if (this.hidden) return;
    const parts = [this.#text, this.#way];
    // Above each other they share the room; side by side each has its own.
    for (const group of innerHeight > innerWidth ? [parts] : parts.map((part) => [part])) {
      for (const scale of SCALES) {
        for (const part of group) part.style.setProperty("--scale", String(scale));
        if (group.every(whole)) break;
      }
    }
  }
}

customElements.define("alarm-screen", AlarmScreen);
