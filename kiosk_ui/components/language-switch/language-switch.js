import { Part, afterPicture, el } from "../../dom.js";
import { nameOf, tagOf } from "../../i18n.js";

/** @import { View } from "../../dom.js" */

/** Every language by its own name. Tells `language`. */
export class LanguageSwitch extends Part {
  connectedCallback() {
    this.setAttribute("role", "group");
  }

  /** @param {View} view */
  update({ state, t }) {
    this.when("languages", [state.languages, state.language], () => {
      this.setAttribute("aria-label", t("language"));
      // The buttons stay, so that the one touched keeps the focus.
      const there = [...this.querySelectorAll("button")].map(({ dataset }) => dataset.language);
      if (String(there) !== String(state.languages)) this.#fill(state.languages);
      this.#mark(state.language);
    });
  }

  /** @param {string} language */
  #mark(language) {
    for (const button of this.querySelectorAll("button")) button.setAttribute("aria-pressed", String(button.dataset.language === language));
  }

  /** Every word of the page changes: the touch is answered before. @param {string} language */
  #choose(language) {
    this.#mark(language);
    afterPicture(() => this.tell("language", language));
  }

  /** @param {string[]} languages */
  #fill(languages) {
    const button = (/** @type {string} */ language) =>
      el("button", { type: "button", "data-language": language, lang: tagOf(language), text: nameOf(language),
        on: { click: () => this.#choose(language) } });
    this.replaceChildren(...languages.map(button));
  }
}

customElements.define("language-switch", LanguageSwitch);
