/** @import { Examples } from "../../examples/stage.js" */

/** Somebody has done nothing for a while. */
export const WARNED = { state: { phase: /** @type {const} */ ("answer"), warnedAt: 0 } };

/** @type {Examples} */
export const examples = {
  "20 seconds are left": (stage) => stage.show(WARNED),
  "one second is left": (stage) => stage.show({ ...WARNED, at: 19_500 }),
  "nothing to warn of": (stage) => stage.show(),
};
export const alone = ["20 seconds are left", "one second is left"];
