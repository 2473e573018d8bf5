/** @import { Examples } from "../../examples/stage.js" */

/** @type {Examples} */
export const examples = {
  "what the assistant says": (stage) => stage.show({ state: { panel: "privacy" } }),
  "before it has said anything": (stage) => stage.show({ state: { panel: "privacy", kiosk: { ...stage.view({}).state.kiosk, privacy: [] } } }),
};
export const frame = { width: 1240, height: 620 };
