import { inLanguage, wayOf } from "../../alerts.js";
import { Part, el } from "../../dom.js";
import { icon } from "../../icons.js";

/** @import { View } from "../../dom.js" */
/** @import { AlertView, WayOut } from "../../protocol.js" */

/** The way out while an alarm stands, and the same without stairs. Tells `alarm-way`. */
export class AlarmWay extends Part {
  #title = el("h2");
  #facts = el("ul", { class: "facts" });
  #steps = el("ol", { class: "steps" });
  #note = el("p", { class: "note" });
  #switchText = el("span");
  #switch = el("button", { type: "button", class: "step-free", on: { click: () => this.tell("alarm-way", !this.#stepFree) } },
    icon("accessible"), this.#switchText);
  #stepFree = false;

  connectedCallback() {
    this.tabIndex = 0; // A long way is scrolled by keyboard too.
    this.setAttribute("role", "region");
    this.append(this.#title, this.#facts, this.#steps, el("div", { class: "end" }, this.#note, this.#switch));
  }

  /**
   * @param {AlertView} alert
   * @param {View & {language: string}} view
   */
  update(alert, { state, t, tag, language }) {
    const stepFree = state.alarm?.stepFree ?? false;
    this.hidden = alert.response !== "Evacuate" && !alert.way_out && !alert.way_out_step_free;
    this.#switch.hidden = !alert.way_out && !alert.way_out_step_free;
    this.when("way", [alert.way_out, alert.way_out_step_free, stepFree, language, tag], () => {
      this.#stepFree = stepFree;
      this.#switchText.textContent = t("alert_without_stairs");
      this.#switch.setAttribute("aria-pressed", String(stepFree));
      this.setAttribute("aria-label", t("alert_way"));
      this.#draw(wayOf(alert, stepFree), t, language);
    });
  }

  /** @param {WayOut | null} way @param {View["t"]} t @param {string} language */
  #draw(way, t, language) {
    const name = way ? (inLanguage(way.name, language) ?? "") : "";
    const words = t(way && !way.safe ? "alert_unsafe" : way?.refuge ? "alert_refuge" : "alert_way");
    this.classList.toggle("unknown", !way?.safe);
    this.#title.replaceChildren(icon(way?.refuge ? "shield" : "exit"),
      el("span", {}, el("span", { class: "kind", text: words }), name ? el("strong", { text: name }) : null));
    const facts = [];
    if (way && way.metres !== null) facts.push(el("li", {}, icon("walk"), el("span", { text: t("metres", { count: way.metres }) })));
    if (way) facts.push(el("li", {}, icon("clock"), el("span", { text: t("minutes", { count: Math.max(1, Math.ceil(way.seconds / 60)) }) })));
    if (way && this.#stepFree) facts.push(el("li", {}, icon("accessible"), el("span", { text: t("step_free") })));
    this.#facts.replaceChildren(...facts);
    const steps = way ? (inLanguage(way.steps, language) ?? []) : [];
    const last = way?.refuge ? "shield" : "exit";
    this.#steps.replaceChildren(...steps.map((text, place) =>
      el("li", {}, el("span", { class: "sign" }, icon(place === steps.length - 1 ? last : "arrow")), el("span", { text }))));
    this.#steps.hidden = !steps.length;
    this.#note.textContent = way ? t("alert_no_lifts") : t(this.#stepFree ? "alert_no_step_free" : "alert_no_way");
  }
}

customElements.define("alarm-way", AlarmWay);
