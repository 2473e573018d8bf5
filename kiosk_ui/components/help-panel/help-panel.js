import { Part, el } from "../../dom.js";

/** @import { View } from "../../dom.js" */

/** Whom to call, and where staff are. */
class HelpPanel extends Part {
  /** @param {View} view */
  update({ t, tag }) {
    this.when("words", tag, () => this.replaceChildren(el("h2", { text: t("panel_help") })));
  }
}

customElements.define("help-panel", HelpPanel);
