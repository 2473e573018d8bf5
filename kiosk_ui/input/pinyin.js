import { PHRASES, SYLLABLES } from "./pinyin-table.js";

const MOST = 18;

/** @typedef {{text: string, letters: number}} Candidate  characters, and how many letters at the end of the text they stand for */

/** The letters at the end of a text that are not yet characters. @param {string} text */
export const pending = (text) => /[a-z]*$/.exec(text)?.[0] ?? "";

/**
 * What the letters at the end of a text may mean: words, then characters; whole readings before begun ones; and where
 * the letters go on behind a syllable, the characters of that syllable.
 *
 * @param {string} text
 * @returns {Candidate[]}
 */
export function candidates(text) {
  const letters = pending(text);
  if (!letters) return [];
  const whole = (/** @type {[string, string]} */ [reading]) => reading === letters;
  const begun = (/** @type {[string, string]} */ [reading]) => reading !== letters && reading.startsWith(letters);
  const first = SYLLABLES.filter(([reading]) => letters.startsWith(reading)).sort(([a], [b]) => b.length - a.length)[0];
  const leading = PHRASES.filter(([reading]) => reading !== letters && letters.startsWith(reading)).sort(([a], [b]) => b.length - a.length)[0];
  const found = [
    ...PHRASES.filter(whole).map(([, word]) => ({ text: word, letters: letters.length })),
    ...SYLLABLES.filter(whole).flatMap(([, all]) => each(all, letters.length)),
    ...PHRASES.filter(begun).map(([, word]) => ({ text: word, letters: letters.length })),
    ...(leading ? [{ text: leading[1], letters: leading[0].length }] : []),
    ...(first && first[0] !== letters ? each(first[1], first[0].length) : []),
    ...SYLLABLES.filter(begun).flatMap(([, all]) => each(all, letters.length)),
  ];
  return found.filter(({ text: one }, i) => found.findIndex((other) => other.text === one) === i).slice(0, MOST);
}

/** @param {string} characters @param {number} letters @returns {Candidate[]} */
const each = (characters, letters) => [...characters].map((text) => ({ text, letters }));

/**
 * Puts a candidate in the place of its letters; letters behind them stay to be chosen next.
 * @param {string} text
 * @param {Candidate} candidate
 */
export function choose(text, candidate) {
  const letters = pending(text);
  return text.slice(0, text.length - letters.length) + candidate.text + letters.slice(candidate.letters);
}
