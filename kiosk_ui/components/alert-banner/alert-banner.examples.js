import { DISCLAIMER, dust, fire } from "../../examples/station.js";

/** @import { Examples } from "../../examples/stage.js" */
/** @import { AlertView } from "../../protocol.js" */

export const EXERCISE = fire({ id: "exercise-1", status: "Exercise" });

/** @param {boolean} reading @param {...AlertView} alerts */
export const warned = (reading, ...alerts) => ({ state: { alerts, reading, disclaimer: DISCLAIMER } });

/** @type {Examples} */
export const examples = {
  "a caution": (stage) => stage.show(warned(false, dust())),
  "an exercise": (stage) => stage.show(warned(false, EXERCISE)),
  "three, the connection is lost": (stage) => stage.show({ state: { ...warned(false, EXERCISE, dust(), dust({ id: "test-1", status: "Test" })).state, staleAt: 0 } }),
  "over": (stage) => stage.show(warned(false, dust({ colour: "green", response: "AllClear" }))),
  "read": (stage) => stage.show(warned(true, EXERCISE, dust())),
};
export const alone = ["read"];
export const frame = { width: 1240 };
