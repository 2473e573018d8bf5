/** Texts cut where a voice takes breath. Pure. */

/** Longest text that one `read` may carry. */
export const LONGEST_READ = 1000;

/** @param {string} text @returns {string[]} its sentences; a point within a number or a name ends none */
export function sentences(text) {
  return text.split(/(?<=[.!?…])\s+|(?<=[。！？])\s*/).filter(Boolean);
}

/**
 * A text in pieces that may each be read at once: whole sentences where they fit, then words, then letters.
 * @param {string} text
 * @param {number} [longest]
 * @returns {string[]}
 */
export function pieces(text, longest = LONGEST_READ) {
  if (text.length <= longest) return [text];
  /** @type {string[]} */
  const found = [];
  for (const part of sentences(text).flatMap((sentence) => fitting(sentence, longest))) {
    const last = found.at(-1);
    const gap = last && /[。！？]$/.test(last) ? "" : " ";
    if (last !== undefined && last.length + gap.length + part.length <= longest) found[found.length - 1] = last + gap + part;
    else found.push(part);
  }
  return found;
}

/** Cuts no letter in two: half of one fits no message. @param {string} sentence @param {number} longest @returns {string[]} */
function fitting(sentence, longest) {
  if (sentence.length <= longest) return [sentence];
  const space = sentence.lastIndexOf(" ", longest);
  const half = /[\uD800-\uDBFF]/.test(sentence.charAt(longest - 1));
  const end = space > 0 ? space : longest - Number(half && longest > 1);
  return [sentence.slice(0, end), ...fitting(sentence.slice(end).trimStart(), longest)];
}
