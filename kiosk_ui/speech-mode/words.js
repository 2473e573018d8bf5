/**
 * The words of a piece of the page as a voice should say them, each with the language it is written in.
 *
 * @import { Translate } from "../i18n.js"
 *
 * @typedef {{text: string, tag: string}} Word  tag: as in the `lang` that it stands under
 */

/** Read to nobody: hidden from everybody, or from screen readers. */
const UNREAD = "[hidden], [aria-hidden=true], script, style, template";

/** Ends in a sign after which no comma is needed. */
const CLOSED = /[\s,.:;!?…·，。：；！？、]$/;

/**
 * Whether an element is on the screen. One without a box of its own (`display: contents`) is as visible as what is in it.
 * @param {Element} element
 */
export function visible(element) {
  if (element.matches(UNREAD)) return false;
  return element.checkVisibility({ visibilityProperty: true }) || getComputedStyle(element).display === "contents";
}

/** Whether a text is there for screen readers only. @param {Element} element */
export const unseen = (element) => getComputedStyle(element).clipPath === "inset(50%)";

/** @param {Element} element @returns {string} the language it is written in */
export const tagOf = (element) => element.closest("[lang]")?.getAttribute("lang") ?? "";

/** @param {string} text */
const plain = (text) => text.replace(/\s+/g, " ").trim();

/**
 * The words within an element. What is struck out is said to have been planned.
 * @param {Node} node
 * @param {Translate} t
 * @returns {Word[]}
 */
export function wordsOf(node, t) {
  if (node instanceof Text) {
    const text = plain(node.data);
    return text && node.parentElement ? [{ text, tag: tagOf(node.parentElement) }] : [];
  }
  if (!(node instanceof Element) || !visible(node)) return [];
  const label = node.getAttribute("aria-label") ?? node.getAttribute("alt");
  if (label && (node instanceof HTMLImageElement || node.getAttribute("role") === "img")) return [{ text: label, tag: tagOf(node) }];
  if (node instanceof SVGElement) return [];
  const words = [...node.childNodes].flatMap((child) => wordsOf(child, t));
  return node.matches("s, del") ? words.map(({ text, tag }) => ({ text: t("spoken_planned", { text }), tag })) : words;
}

/** Words one after the other, as the parts of a sentence. @param {readonly Word[]} words @returns {Word[]} one for each change of the language */
export function joined(words) {
  /** @type {Word[]} */
  const parts = [];
  for (const word of words) {
    const last = parts.at(-1);
    if (last?.tag === word.tag) last.text += (CLOSED.test(last.text) ? " " : ", ") + word.text;
    else parts.push({ ...word });
  }
  return parts;
}

/** @param {readonly Word[]} words */
export const textOf = (words) => joined(words.map(({ text }) => ({ text, tag: "" })))[0]?.text ?? "";
