/**
 * @import { ReadingEnd } from "../protocol.js"
 *
 * @typedef {object} Utterance
 * @property {string} text
 * @property {string} language  code
 * @property {boolean} shown  whether it is on the screen too
 *
 * @typedef {object} Voice
 * @property {(utterance: Utterance) => string | null} read  asks for it and returns its id; null where the kiosk has no voice
 * @property {() => void} hush
 */

/** So often an utterance that something else has cut off, or that has no voice, is borne with. */
const MOST_FAILURES = 2;

/** Says one utterance after the other: the next is asked for when the last has been heard to its end. */
export class Reciter {
  /** @type {Utterance[]} */
  #waiting = [];
  /** @type {{id: string, utterance: Utterance, sent: boolean} | null} */
  #now = null;
  #sounding = false;
  #failures = 0;
  #done = () => {};

  /** @param {Voice} voice */
  constructor(voice) {
    this.voice = voice;
  }

  /** Whether something is being said or about to be. */
  get busy() {
    return this.#now !== null;
  }

  /**
   * Takes the place of what is being said.
   * @param {Utterance[]} utterances
   * @param {() => void} [done]  called when all has been said, and not where it was cut off
   */
  say(utterances, done = () => {}) {
    this.stop();
    this.#waiting = [...utterances];
    this.#done = done;
    this.#failures = 0;
    this.#next();
  }

  /** Silence at once, and nothing follows. */
  stop() {
    this.#waiting = [];
    this.#done = () => {};
    if (!this.#now) return;
    this.#now = null;
    this.voice.hush();
  }

  /** A text has been sent whole, or will not come. @param {Pick<ReadingEnd, "reading_id" | "outcome">} end */
  ended({ reading_id: id, outcome }) {
    if (this.#now?.id !== id) return;
    if (outcome === "said") this.#failures = 0;
    else if (++this.#failures > MOST_FAILURES) return this.#giveUp();
    if (outcome === "cancelled") this.#waiting.unshift(this.#now.utterance); // By a sound of another origin.
    this.#now.sent = true;
    this.#onward();
  }

  /** The loudspeaker begins or falls silent. @param {boolean} sounding */
  sounding(sounding) {
    this.#sounding = sounding;
    this.#onward();
  }

  #onward() {
    if (this.#now?.sent && !this.#sounding) this.#next();
  }

  #next() {
    const utterance = this.#waiting.shift();
    this.#now = null;
    if (!utterance) return this.#finish();
    const id = this.voice.read(utterance);
    if (id === null) return this.#giveUp();
    this.#now = { id, utterance, sent: false };
  }

  #finish() {
    const done = this.#done;
    this.#done = () => {};
    done();
  }

  #giveUp() {
    this.#now = null;
    this.#waiting = [];
    this.#done = () => {};
  }
}
