import { el } from "../../dom.js";
import { icon } from "../../icons.js";
import { PanelPart } from "../../panel.js";

/** @import { View } from "../../dom.js" */

/** Of the sentences that the assistant sends, in their order. */
const SIGNS = ["microphone", "camera_off", "network_off", "forget"];

/** What is recorded, seen and passed on: nothing of people; and the light of the microphone. Tells `suggestion`. */
class PrivacyPanel extends PanelPart {
  constructor() {
    super("privacy", { title: "panel_privacy", close: "close" });
  }

  /** @param {View} view */
  update(view) {
    const { state, t, tag } = view;
    this.frame(view);
    this.when("sentences", [tag, state.kiosk.privacy], () => {
      const sentences = state.kiosk.privacy.length ? state.kiosk.privacy : [t("promise")];
      const signs = sentences.length === SIGNS.length ? SIGNS : [];
      const rows = sentences.map((text, at) => el("li", {}, el("span", { class: "sign" }, icon(signs[at] ?? "shield")), el("span", { text })));
      // The light as a picture, without its words: they are only there while the microphone is open.
      const light = el("span", { class: "picture", "aria-hidden": "true" }, el("span", { class: "lamp" }), icon("microphone"));
      this.body.replaceChildren(el("ul", { class: "sentences" }, ...rows),
        el("p", { class: "lamp-words" }, light, el("span", { text: t("privacy_light", { words: t("microphone_on") }) })),
        this.#ask(t("privacy_more")));
    });
  }

  /** @param {string} label */
  #ask(label) {
    const tile = { label, say: label, ask: { intent: "privacy_record" } };
    return el("button", { type: "button", class: "ask", on: { click: () => this.tell("suggestion", tile) } }, icon("question"), el("span", { text: label }));
  }
}

customElements.define("privacy-panel", PrivacyPanel);
