/**
 * What a person may set for one visit. Pure. Everything goes back to `DEFAULTS` when the page is wiped, the volume too
 * (EN 301 549, 5.1.3.13).
 *
 * @typedef {"normal" | "large" | "largest"} TextSize
 * @typedef {"light" | "dark" | "contrast"} Theme
 * @typedef {"slow" | "normal" | "fast"} Pace
 *
 * @typedef {object} Preferences
 * @property {TextSize} text
 * @property {Theme} theme
 * @property {Pace} pace  how fast the voice speaks
 * @property {number} volume  a step of `VOLUMES`
 * @property {boolean} captions  what the voice says is shown as it is said
 * @property {boolean} stepFree  every way and every journey without stairs
 * @property {boolean} lowReach  all that is touched is in the lower half of the screen
 * @property {boolean} speech  the speech mode: the screen is read aloud, and four keys reach everything
 */

/** @type {readonly TextSize[]} */
export const TEXT_SIZES = ["normal", "large", "largest"];
/** @type {readonly Theme[]} */
export const THEMES = ["light", "dark", "contrast"];
/** @type {readonly Pace[]} */
export const PACES = ["slow", "normal", "fast"];
/** Factors on the loudness of the voice, by step. */
export const VOLUMES = [0.25, 0.5, 1, 1.6, 2.5];

/** @type {Readonly<Preferences>} */
export const DEFAULTS = Object.freeze({
  text: "normal",
  theme: "light",
  pace: "normal",
  volume: 2,
  captions: false,
  stepFree: false,
  lowReach: false,
  speech: false,
});

/** One step up or down, within bounds. @template T @param {readonly T[]} steps @param {T} now @param {number} by @returns {T} */
export function stepped(steps, now, by) {
  const at = Math.min(steps.length - 1, Math.max(0, steps.indexOf(now) + by));
  return steps[at] ?? now;
}

/** @param {Preferences} preferences @returns {boolean} whether anything is set otherwise than for everybody */
export function changed(preferences) {
  return Object.entries(DEFAULTS).some(([name, value]) => preferences[/** @type {keyof Preferences} */ (name)] !== value);
}
