import { Part, el } from "../../dom.js";

/** @import { View } from "../../dom.js" */

/** Every language of the station, large. */
class LanguagePanel extends Part {
  /** @param {View} view */
  update({ t, tag }) {
    this.when("words", tag, () => this.replaceChildren(el("h2", { text: t("language") })));
  }
}

customElements.define("language-panel", LanguagePanel);
