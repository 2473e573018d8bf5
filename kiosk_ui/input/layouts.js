import { erase, type } from "./hangul.js";
import { candidates, choose } from "./pinyin.js";

/** @import { Candidate } from "./pinyin.js" */

/**
 * A keyboard on the screen: rows of keys, and what typing does to the end of a text.
 *
 * @typedef {object} Layout
 * @property {string[][]} rows
 * @property {Record<string, string>} shifted  key → key while shift is on; empty where there is no shift
 * @property {(text: string, key: string) => string} type
 * @property {(text: string) => string} erase
 * @property {(text: string) => Candidate[]} candidates  what the letters at the end may mean
 * @property {(text: string, candidate: Candidate) => string} choose
 */

const DIGITS = [..."1234567890"];

/** @param {string} text */
const withoutLast = (text) => [...text].slice(0, -1).join("");

/** @type {Layout} */
const LATIN = {
  rows: [DIGITS, [..."qwertyuiop"], [..."asdfghjkl"], [..."zxcvbnm'-?"]],
  shifted: {},
  type: (text, key) => text + key,
  erase: withoutLast,
  candidates: () => [],
  choose: (text) => text,
};

/** @type {Layout} */
const PINYIN = { ...LATIN, candidates, choose };

/** @type {Layout} */
const HANGUL = {
  ...LATIN,
  rows: [DIGITS, [..."ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔ"], [..."ㅁㄴㅇㄹㅎㅗㅓㅏㅣ"], [..."ㅋㅌㅊㅍㅠㅜㅡ?"]],
  shifted: { ㅂ: "ㅃ", ㅈ: "ㅉ", ㄷ: "ㄸ", ㄱ: "ㄲ", ㅅ: "ㅆ", ㅐ: "ㅒ", ㅔ: "ㅖ" },
  type: (text, key) => (/[ㄱ-ㅣ]/.test(key) ? type(text, key) : text + key),
  erase,
};

/** @param {string} language @returns {Layout} */
export function layoutOf(language) {
  return { ko: HANGUL, zh: PINYIN }[language] ?? LATIN;
}
