import { Part, el } from "../../dom.js";

/** @import { View } from "../../dom.js" */

/** What is recorded, seen and passed on. */
class PrivacyPanel extends Part {
  /** @param {View} view */
  update({ t, tag }) {
    this.when("words", tag, () => this.replaceChildren(el("h2", { text: t("panel_privacy") })));
  }
}

customElements.define("privacy-panel", PrivacyPanel);
