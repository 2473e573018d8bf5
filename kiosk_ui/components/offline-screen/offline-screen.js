import { Part, el } from "../../dom.js";
import { icon } from "../../icons.js";

/** @import { View } from "../../dom.js" */

/** The assistant is not there: says so, and what to do in an emergency. */
class OfflineScreen extends Part {
  /** @param {View} view */
  update({ state, t, tag }) {
    const { emergency: number } = state.kiosk.help; // Known once the assistant was there.
    this.when("text", [tag, number], () => {
      const emergency = el("p", { class: "emergency" }, icon("warning"), el("span", { text: t("offline_emergency") }),
        number ? el("span", { class: "number", text: number }) : null);
      this.replaceChildren(el("h2", { text: t("offline_title") }), el("p", { text: t("offline_text") }), emergency);
    });
  }
}

customElements.define("offline-screen", OfflineScreen);
