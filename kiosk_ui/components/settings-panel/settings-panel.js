import { Part, el } from "../../dom.js";

/** @import { View } from "../../dom.js" */

/** How the page looks and sounds for this person. */
class SettingsPanel extends Part {
  /** @param {View} view */
  update({ t, tag }) {
    this.when("words", tag, () => this.replaceChildren(el("h2", { text: t("panel_settings") })));
  }
}

customElements.define("settings-panel", SettingsPanel);
