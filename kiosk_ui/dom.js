/** @import { State } from "./state.js" */
/** @import { Translate } from "./i18n.js" */

/**
 * What every component is updated with.
 * @typedef {{state: State, t: Translate, tag: string, at: number, translators: Record<string, Translate>}} View
 */

/**
 * Makes an element. `on` holds listeners; `text` is its text; everything else is an attribute (`true` for a bare one,
 * `null` and `false` leave it out).
 *
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, any>} [options]
 * @param {...(Node | string | null)} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function el(tag, { text, on = {}, ...attributes } = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== false) element.setAttribute(name, value === true ? "" : String(value));
  }
  if (text !== undefined) element.textContent = text;
  for (const [type, listener] of Object.entries(on)) element.addEventListener(type, listener);
  element.append(...children.filter((child) => child !== null));
  return element;
}

/**
 * Does what needs to know where things stand just before the next picture: to ask earlier lays the page out once more than it is shown.
 * @param {() => void} act
 */
export function beforePicture(act) {
  requestAnimationFrame(act);
}

/**
 * Does what takes long once it is seen that something was touched.
 * @param {() => void} act
 */
export function afterPicture(act) {
  if (document.hidden) act(); // There is no picture to wait for.
  else requestAnimationFrame(() => setTimeout(act));
}

/** A component: `update(view)` may be called at any time and as often as one likes. */
export class Part extends HTMLElement {
  /** @type {Map<string, string>} */
  #drawn = new Map();

  /**
   * Draws again only when what is shown has changed, so that focus and running announcements survive.
   * @param {string} name  of the piece
   * @param {unknown} shown
   * @param {() => void} draw
   * @returns {boolean}  whether it was drawn
   */
  when(name, shown, draw) {
    const key = JSON.stringify(shown) ?? "";
    if (this.#drawn.get(name) === key) return false;
    this.#drawn.set(name, key);
    try {
      draw();
      return true;
    } catch (error) {
      this.#drawn.delete(name); // It is tried again.
      throw error;
    }
  }

  /**
   * Tells the page of something a person did.
   * @param {string} type
   * @param {unknown} [detail]
   */
  tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { bubbles: true, detail }));
  }
}
