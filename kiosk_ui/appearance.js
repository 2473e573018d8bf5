import { directionOf, tagOf } from "./i18n.js";

/** @import { State } from "./state.js" */

/** What a person has set of the page's looks, and its language, on the root element: `styles/` does the rest. */
export class Appearance {
  #root = document.documentElement;

  /** @param {State} state @param {string} language  the one on the screen */
  show({ preferences }, language) {
    this.#root.lang = tagOf(language);
    this.#root.dir = directionOf(language);
    this.#root.dataset.theme = preferences.theme;
    this.#root.dataset.text = preferences.text;
    this.#root.dataset.reach = preferences.lowReach ? "low" : "all";
  }
}
