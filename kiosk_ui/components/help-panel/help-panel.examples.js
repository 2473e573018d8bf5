/** @import { Examples } from "../../examples/stage.js" */

/** Nothing is known of the station's staff. */
export const NOBODY = { emergency: null, staff: null, where: [] };

/** @type {Examples} */
export const examples = {
  "all numbers are known": (stage) => stage.show({ state: { panel: "help" } }),
  "none is": (stage) => stage.show({ state: { panel: "help", kiosk: { ...stage.view({}).state.kiosk, help: NOBODY } } }),
};
export const frame = { width: 1240, height: 620 };
