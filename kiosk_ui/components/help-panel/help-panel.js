import { el } from "../../dom.js";
import { icon } from "../../icons.js";
import { PanelPart } from "../../panel.js";

/** @import { View } from "../../dom.js" */
/** @import { Contacts } from "../../protocol.js" */

/** Whom to call, and where staff are. Tells `suggestion`. */
class HelpPanel extends PanelPart {
  constructor() {
    super("help", { title: "panel_help", close: "close" });
  }

  /** @param {View} view */
  update(view) {
    const { state, t, tag } = view;
    this.frame(view);
    this.when("contacts", [tag, state.kiosk.help], () => {
      const ways = el("div", { class: "ways" }, this.#ask("bell", t("help_call"), "staff_help_call"), this.#ask("pin", t("help_where"), "staff_help_request"));
      this.body.replaceChildren(danger(state.kiosk.help, t), ways, ...staff(state.kiosk.help, t));
    });
  }

  /** @param {string} sign @param {string} label @param {string} intent */
  #ask(sign, label, intent) {
    const tile = { label, say: label, ask: { intent } };
    return el("button", { type: "button", class: intent, on: { click: () => this.tell("suggestion", tile) } },
      el("span", { class: "sign" }, icon(sign)), el("span", { text: label }));
  }
}

/** A number is only said where the station names one. @param {Contacts} contacts @param {View["t"]} t */
function danger({ emergency }, t) {
  const words = el("p", { text: t(emergency ? "help_danger_call" : "help_danger_tell") });
  return el("section", { class: "danger" }, icon("warning"), words, emergency ? el("p", { class: "number", text: emergency }) : null);
}

/** @param {Contacts} contacts @param {View["t"]} t @returns {HTMLElement[]} */
function staff({ staff: number, where }, t) {
  const rows = [
    ...(number ? [el("li", {}, icon("phone"), el("span", { text: t("help_staff") }), el("span", { class: "number", text: number }))] : []),
    ...where.map((text) => el("li", {}, icon("person"), el("span", { text }))),
  ];
  return rows.length ? [el("ul", { class: "staff" }, ...rows)] : [];
}

customElements.define("help-panel", HelpPanel);
