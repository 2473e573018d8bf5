import { Part, el } from "../../dom.js";
import { tagOf } from "../../i18n.js";
import { icon } from "../../icons.js";

/** @import { View } from "../../dom.js" */

/** The assistant is not there, nor a way to change the language: says so, and what to do in an emergency in every language. */
class OfflineScreen extends Part {
  /** @param {View} view */
  update({ state, t, tag, translators }) {
    const { emergency: number } = state.kiosk.help; // Known once the assistant was there.
    this.when("text", [tag, number], () => {
      const emergency = el("p", { class: "emergency" }, icon("warning"), el("span", { text: t("offline_emergency") }),
        number ? el("span", { class: "number", text: number }) : null);
      const others = Object.entries(translators).filter(([language]) => tagOf(language) !== tag)
        .map(([language, words]) => el("p", { class: "other", lang: tagOf(language), text: words("offline_emergency") }));
      this.replaceChildren(el("h2", { text: t("offline_title") }), el("p", { text: t("offline_text") }), emergency, ...others);
    });
  }
}

customElements.define("offline-screen", OfflineScreen);
