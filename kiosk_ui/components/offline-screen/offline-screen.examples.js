/** @import { Examples } from "../../examples/stage.js" */

/** @type {Examples} */
export const examples = {
  "before the assistant was there": (stage) => stage.show({ state: { phase: "offline", connected: false, kiosk: stage.view({}).state.kiosk && { ...stage.view({}).state.kiosk, help: { emergency: null, staff: null, where: [] } } } }),
  "the emergency number is known": (stage) => stage.show({ state: { phase: "offline", connected: false } }),
};
export const frame = { width: 1240, height: 520 };
