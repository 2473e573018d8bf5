/**
 * What of the voice is shown, and how far it is. Pure; time is passed in.
 *
 * @import { Pace } from "../../preferences.js"
 * @import { State } from "../../state.js"
 */

/** Characters a second that voices say, by kind of writing; the second for letters that are syllables. */
const LETTERS_A_SECOND = 14;
const SYLLABLES_A_SECOND = 4.5;
const SYLLABLES = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/gu;
const PACE = /** @type {Record<Pace, number>} */ ({ slow: 0.75, normal: 1, fast: 1.35 });

/** Whether what the voice says is shown: where a person wishes so, and always where it stands nowhere else. @param {State} state */
export function captioned(state) {
  return state.speaking && state.said !== "" && (state.preferences.captions || !state.saidShown);
}

/** Whether what an answer's voice says is the answer on the screen, not a warning said after it. @param {string} text @param {State} state */
export function isShown(text, { turn }) {
  return turn !== null && turn.replies.some((reply) => reply.speech === text || reply.text === text || (text !== "" && reply.speech.includes(text)));
}

/** Seconds in which a text is said. @param {string} text @param {Pace} pace */
export function secondsOf(text, pace) {
  const syllables = text.match(SYLLABLES)?.length ?? 0;
  return ((text.length - syllables) / LETTERS_A_SECOND + syllables / SYLLABLES_A_SECOND) / PACE[pace];
}

/**
 * Which sentence is being said.
 * @param {readonly string[]} sentences
 * @param {number} elapsed  milliseconds since the first began
 * @param {Pace} pace
 */
export function sentenceAt(sentences, elapsed, pace) {
  let ends = 0;
  const at = sentences.findIndex((sentence) => (ends += secondsOf(sentence, pace) * 1000) > elapsed);
  return at < 0 ? Math.max(0, sentences.length - 1) : at;
}
