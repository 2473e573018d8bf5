import { Part, el } from "../../dom.js";
import { sentences } from "../../speech-mode/sentences.js";
import { captioned, sentenceAt } from "./captions.js";

/** @import { View } from "../../dom.js" */

/** What the voice says just now, for who cannot hear it: three lines, moved on sentence by sentence. */
class CaptionStrip extends Part {
  #lines = el("p");
  #since = 0;
  /** @type {string[]} */
  #sentences = [];

  connectedCallback() {
    this.setAttribute("aria-hidden", "true"); // A screen reader hears the voice, and finds the words where they stand.
    this.append(this.#lines);
  }

  /** @param {View} view */
  update({ state, at }) {
    const shown = captioned(state);
    this.hidden = !shown;
    if (!shown) {
      this.when("said", null, () => this.#lines.replaceChildren());
      return;
    }
    this.when("said", state.said, () => {
      this.#since = at;
      this.#sentences = sentences(state.said);
      this.#lines.replaceChildren(...this.#sentences.flatMap((text) => [el("span", { text }), " "]));
    });
    const now = sentenceAt(this.#sentences, at - this.#since, state.preferences.pace);
    this.when("now", [state.said, now], () => this.#moveTo(now));
  }

  /** @param {number} now */
  #moveTo(now) {
    const sentence = this.#lines.children[now];
    if (sentence instanceof HTMLElement) this.#lines.scrollTop = sentence.offsetTop - this.#lines.offsetTop;
  }
}

customElements.define("caption-strip", CaptionStrip);
