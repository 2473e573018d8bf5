import { DEFAULTS } from "../../preferences.js";

/** @import { Examples } from "../../examples/stage.js" */
/** @import { Preferences } from "../../preferences.js" */

/** The panel is open, and this is set. @param {Partial<Preferences>} [changes] */
export const set = (changes = {}) => ({ state: { panel: /** @type {const} */ ("settings"), preferences: { ...DEFAULTS, ...changes } } });

/** @type {Examples} */
export const examples = {
  "as for everybody": (stage) => stage.show(set()),
  "everything otherwise": (stage) =>
    stage.show(set({ text: "largest", theme: "contrast", pace: "fast", volume: 4, captions: true, stepFree: true, lowReach: true, speech: true })),
};
export const alone = ["everything otherwise"];
export const frame = { width: 1240, height: 620 };
