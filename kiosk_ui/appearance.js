import { beforePicture } from "./dom.js";
import { directionOf, tagOf } from "./i18n.js";
import { rootSize } from "./type-scale.js";

/** @import { State } from "./state.js" */

/** So long the page of nobody stands in one place, so that no picture burns in. */
const SHIFT_MS = 180_000;
const PLACES = 4;

/** What a person has set of the page's looks, and its language, on the root element: `styles/` does the rest. */
export class Appearance {
  #root = document.documentElement;
  #sized = "";
  #shown = "";

  constructor() {
    // The mouse is seen; a finger needs no arrow beside it.
    document.addEventListener("pointerdown", ({ pointerType }) => this.#point(pointerType), { capture: true });
    document.addEventListener("pointermove", ({ pointerType }) => this.#point(pointerType), { capture: true, passive: true });
  }

  /** @param {State} state @param {string} language  the one on the screen @param {number} [at] */
  show(state, language, at = 0) {
    const { theme, text, lowReach } = state.preferences;
    const place = state.phase === "idle" ? String(Math.floor(at / SHIFT_MS) % PLACES) : "0";
    this.#set({
      lang: tagOf(language), dir: directionOf(language), "data-theme": theme, "data-text": text,
      "data-reach": lowReach ? "low" : "all", "data-place": place,
    });
    this.#size(state);
    this.#toTop(state);
  }

  /** Attributes of the root where they change: to the browser `lang` set anew is every style of the page anew. @param {Record<string, string>} attributes */
  #set(attributes) {
    for (const [name, value] of Object.entries(attributes)) {
      if (this.#root.getAttribute(name) !== value) this.#root.setAttribute(name, value);
    }
  }

  /** @param {State} state */
  #size({ preferences: { text }, kiosk: { screen } }) {
    const pixels = { width: innerWidth, height: innerHeight };
    const key = JSON.stringify([text, pixels, screen]);
    if (key === this.#sized) return;
    this.#sized = key;
    const normal = parseFloat(getComputedStyle(this.#root).getPropertyValue("--normal-size"));
    if (text === "normal") this.#root.style.removeProperty("--root-size");
    else this.#root.style.setProperty("--root-size", `${rootSize(text, normal, pixels, screen)}px`);
  }

  /** Where the page is scrolled as a whole, something new is shown from its beginning. @param {State} state */
  #toTop({ phase, panel, turn, trouble, help }) {
    const shown = JSON.stringify([phase, panel, turn?.id, trouble, help]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    beforePicture(() => document.querySelector("body > .middle")?.scrollTo(0, 0));
  }

  /** @param {string} pointer */
  #point(pointer) {
    if (this.#root.dataset.pointer !== pointer) this.#root.dataset.pointer = pointer;
  }
}
