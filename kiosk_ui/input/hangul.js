/** Composes Hangul syllables from the letters of a two-set (dubeolsik) keyboard. Pure. */

const INITIALS = [..."ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"];
const VOWELS = [..."ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"];
const FINALS = ["", ..."ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"];

/** Letters typed as two. */
const PAIRS = /** @type {Record<string, string>} */ ({
  ㅗㅏ: "ㅘ", ㅗㅐ: "ㅙ", ㅗㅣ: "ㅚ", ㅜㅓ: "ㅝ", ㅜㅔ: "ㅞ", ㅜㅣ: "ㅟ", ㅡㅣ: "ㅢ",
  ㄱㅅ: "ㄳ", ㄴㅈ: "ㄵ", ㄴㅎ: "ㄶ", ㄹㄱ: "ㄺ", ㄹㅁ: "ㄻ", ㄹㅂ: "ㄼ", ㄹㅅ: "ㄽ", ㄹㅌ: "ㄾ", ㄹㅍ: "ㄿ", ㄹㅎ: "ㅀ", ㅂㅅ: "ㅄ",
});
const SPLITS = Object.fromEntries(Object.entries(PAIRS).map(([pair, one]) => [one, /** @type {[string, string]} */ ([...pair])]));

const FIRST = 0xac00;

/** @typedef {{initial: string, vowel: string, final: string}} Syllable  parts may be "" */

/** @param {string} character @returns {Syllable | null} */
function takeApart(character) {
  const index = character.charCodeAt(0) - FIRST;
  if (index >= 0 && index < 11172) {
    return {
      initial: INITIALS[Math.floor(index / 588)] ?? "",
      vowel: VOWELS[Math.floor((index % 588) / 28)] ?? "",
      final: FINALS[index % 28] ?? "",
    };
  }
  if (INITIALS.includes(character)) return { initial: character, vowel: "", final: "" };
  if (VOWELS.includes(character)) return { initial: "", vowel: character, final: "" };
  return null;
}

/** @param {Syllable} syllable @returns {string} */
function putTogether({ initial, vowel, final }) {
  if (!initial || !vowel) return initial + vowel;
  return String.fromCharCode(FIRST + INITIALS.indexOf(initial) * 588 + VOWELS.indexOf(vowel) * 28 + FINALS.indexOf(final));
}

/** @param {string} text @returns {[string, string]} all but the last character, and that */
function cut(text) {
  const characters = [...text];
  const last = characters.pop() ?? "";
  return [characters.join(""), last];
}

/**
 * Types a letter at the end of a text.
 * @param {string} text
 * @param {string} letter
 * @returns {string}
 */
export function type(text, letter) {
  const [before, last] = cut(text);
  const open = last ? takeApart(last) : null;
  if (!open) return text + letter;
  return before + (VOWELS.includes(letter) ? withVowel(open, letter) : withConsonant(open, letter));
}

/** @param {Syllable} open @param {string} vowel @returns {string} */
function withVowel(open, vowel) {
  if (open.final) {
    // The last consonant belongs to the new vowel: 간 + ㅏ = 가나, 값 + ㅏ = 갑사.
    const [stays, goes] = SPLITS[open.final] ?? ["", open.final];
    return putTogether({ ...open, final: stays }) + putTogether({ initial: goes, vowel, final: "" });
  }
  if (!open.vowel) return putTogether({ ...open, vowel });
  const joined = PAIRS[open.vowel + vowel];
  return joined ? putTogether({ ...open, vowel: joined }) : putTogether(open) + vowel;
}

/** @param {Syllable} open @param {string} consonant @returns {string} */
function withConsonant(open, consonant) {
  if (open.initial && open.vowel) {
    if (!open.final && FINALS.includes(consonant)) return putTogether({ ...open, final: consonant });
    const joined = open.final ? PAIRS[open.final + consonant] : undefined;
    if (joined) return putTogether({ ...open, final: joined });
  }
  return putTogether(open) + consonant;
}

/**
 * Takes back the last letter.
 * @param {string} text
 * @returns {string}
 */
export function erase(text) {
  const [before, last] = cut(text);
  const open = last ? takeApart(last) : null;
  if (!open || !open.initial || !open.vowel) return before;
  if (open.final) return before + putTogether({ ...open, final: SPLITS[open.final]?.[0] ?? "" });
  const first = SPLITS[open.vowel]?.[0];
  return before + (first ? putTogether({ ...open, vowel: first }) : open.initial);
}
