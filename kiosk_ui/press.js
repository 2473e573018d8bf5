/**
 * One button for two habits: hold and speak, or tap and speak; a second tap ends it sooner. Pure; time is passed in.
 *
 * @typedef {"start" | "free" | "stop" | null} Deed  free: it was a tap, so that the question ends by itself
 */

/** A press longer than this is a hold: its release ends the question. */
const HOLD_MS = 450;

/** So long after a question has ended by itself a press is one that was meant to end it. */
const LATE_MS = 700;

/** Tells holds from taps. */
export class Press {
  #endedAt = -LATE_MS;
  /** @type {number | null} */
  #since = null;

  /**
   * The button goes down.
   * @param {boolean} listening  whether a question is being heard
   * @param {number} at
   * @returns {Deed}
   */
  down(listening, at) {
    if (at - this.#endedAt < LATE_MS) return null;
    this.#since = listening ? null : at;
    return listening ? "stop" : "start";
  }

  /**
   * The question has ended by itself.
   * @param {number} at
   */
  ended(at) {
    this.#endedAt = at;
  }

  /**
   * The button comes up, or the finger slides away.
   * @param {number} at
   * @returns {Deed}
   */
  up(at) {
    const since = this.#since;
    this.#since = null;
    if (since === null) return null;
    return at - since >= HOLD_MS ? "stop" : "free";
  }
}
