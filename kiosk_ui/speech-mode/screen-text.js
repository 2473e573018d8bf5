import { CONTROLS, nameOf, stateOf } from "./controls.js";
import { joined, tagOf, textOf, unseen, visible, wordsOf } from "./words.js";

/** @import { Hearing } from "./controls.js" */
/** @import { Word } from "./words.js" */

/**
 * A piece of the screen that is read at once: a heading, a sentence, a row, a picture, a control.
 * @typedef {object} Item
 * @property {HTMLElement | SVGElement} element
 * @property {boolean} control
 * @property {string} key  its words without how it stands: by them it is known again
 * @property {Word[]} parts  what is said, one for each language
 */

/** An element with one of these in it is not read at once. */
const BLOCKS = `h1, h2, h3, h4, p, ul, ol, li, dl, dt, dd, table, tr, img, svg[role=img], label, legend, section, article, ${CONTROLS}`;
/** Read at once although there are blocks in it, unless it has one of these. */
const ROW = "li";
const APART = `h1, h2, h3, h4, img, svg[role=img], table, dl, label, ${CONTROLS}`;

/** Columns whose words need no name before them. */
const SELF_EVIDENT = ".time, .remark";

/** A group whose name is said before its first item. */
const GROUPS = "[role=group][aria-label], [role=radiogroup][aria-label]";

/**
 * What the screen says, in the order of reading. Where a dialog stands before all else, only that.
 * @param {Hearing} hearing
 * @returns {Item[]}
 */
export function itemsOnScreen(hearing) {
  const dialog = [...document.querySelectorAll("dialog[open]")].filter((one) => one.checkVisibility()).at(-1);
  return itemsIn(dialog ?? document.body, hearing);
}

/** Whether a dialog stands before all else. */
export function dialogStands() {
  return [...document.querySelectorAll("dialog[open]")].some((one) => one.checkVisibility());
}

/** @param {Element} root @param {Hearing} hearing @returns {Item[]} */
export function itemsIn(root, hearing) {
  const collector = new Collector(hearing);
  collector.walk(root);
  return collector.items;
}

class Collector {
  /** @type {Item[]} */
  items = [];
  /** Names of the groups that were entered and have no item yet. @type {Word[]} */
  #groups = [];
  #hearing;

  /** @param {Hearing} hearing */
  constructor(hearing) {
    this.#hearing = hearing;
  }

  /** @param {Element} element */
  walk(element) {
    const { t } = this.#hearing;
    if (!visible(element)) return;
    if (element.matches(CONTROLS)) return this.#add(element, nameOf(element, t), stateOf(element, this.#hearing));
    if (element.matches("img, [role=img]")) return this.#picture(element);
    if (element instanceof SVGElement) return;
    if (element.matches("label")) return this.#label(element);
    if (element.matches("thead tr")) return this.#heads(element);
    if (element.matches("tr") && !element.querySelector(CONTROLS)) return this.#row(element);
    if (element.matches("dl")) return this.#pairs(element);
    if (element.matches(GROUPS)) this.#groups.push({ text: `${element.getAttribute("aria-label")}:`, tag: tagOf(element) });
    const whole = !element.querySelector(BLOCKS) || (element.matches(ROW) && !element.querySelector(APART));
    if (whole) return unseen(element) ? undefined : this.#add(element, wordsOf(element, t));
    for (const child of element.childNodes) this.#child(child, element);
  }

  /** @param {Node} child @param {Element} parent */
  #child(child, parent) {
    if (child instanceof Element) this.walk(child);
    else this.#add(parent, wordsOf(child, this.#hearing.t));
  }

  /** @param {Element} element @param {Word[]} words @param {Word[]} [state] */
  #add(element, words, state = []) {
    if (!words.length && !state.length) return;
    const key = textOf(words);
    const known = new Set(this.items.map((item) => item.key));
    const groups = this.#groups.filter(({ text }) => !known.has(text.slice(0, -1)) && text !== `${key}:`);
    this.#groups = [];
    this.items.push({ element: /** @type {HTMLElement} */ (element), control: state.length > 0, key, parts: joined([...groups, ...words, ...state]) });
  }

  /** @param {Element} element */
  #picture(element) {
    const { t, tag } = this.#hearing;
    const [name] = wordsOf(element, t);
    if (!name) return;
    this.#add(element, name.tag === tag || !name.tag ? [{ text: t("spoken_picture", { text: name.text }), tag }] : [name]);
  }

  /** Its words are the name of the control that it is for. @param {Element} label */
  #label(label) {
    for (const control of label.querySelectorAll(CONTROLS)) this.walk(control);
    if (!(/** @type {HTMLLabelElement} */ (label).control)) this.#add(label, wordsOf(label, this.#hearing.t));
  }

  /** @param {Element} row */
  #heads(row) {
    const { t, tag } = this.#hearing;
    const names = textOf([...row.children].flatMap((cell) => wordsOf(cell, t)));
    if (names) this.#add(row, [{ text: t("spoken_table", { names }), tag }]);
  }

  /** The cells of a row, each after the name of its column. @param {Element} row */
  #row(row) {
    const { t, tag } = this.#hearing;
    const heads = row.closest("table")?.querySelectorAll("thead th") ?? [];
    const cells = [...row.children].flatMap((cell, at) => {
      const words = wordsOf(cell, t);
      const [first, ...others] = words;
      const name = heads[at]?.matches(SELF_EVIDENT) ? "" : (heads[at]?.textContent ?? "").trim();
      if (!first || !name) return words;
      const same = first.tag === tagOf(row);
      return same ? [{ ...first, text: `${name} ${first.text}` }, ...others] : [{ text: name, tag }, ...words];
    });
    this.#add(row, cells);
  }

  /** Terms with what they say. @param {Element} list */
  #pairs(list) {
    for (const part of list.children) {
      if (part.matches("dt, dd")) this.#term(part);
      else if (visible(part)) this.#add(part, wordsOf(part, this.#hearing.t));
    }
  }

  /** @param {Element} part */
  #term(part) {
    if (!part.matches("dt") || !visible(part)) return;
    const values = [];
    for (let next = part.nextElementSibling; next?.matches("dd"); next = next.nextElementSibling) values.push(...wordsOf(next, this.#hearing.t));
    this.#add(part, [...wordsOf(part, this.#hearing.t), ...values]);
  }
}
