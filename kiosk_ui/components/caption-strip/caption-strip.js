import { Part } from "../../dom.js";

/** @import { View } from "../../dom.js" */

/** What the voice says just now, for who cannot hear it. */
class CaptionStrip extends Part {
  /** @param {View} view */
  update({ state }) {
    this.hidden = !state.said || !state.preferences.captions;
    this.when("said", state.said, () => (this.textContent = state.said));
  }
}

customElements.define("caption-strip", CaptionStrip);
