/** @import { Examples } from "../../examples/stage.js" */

/** @type {Examples} */
export const examples = {
  "three": (stage) => stage.show(),
  "one": (stage) => stage.show({ state: { languages: [stage.language] } }),
  "one that the page has no words for": (stage) => stage.show({ state: { languages: ["en", "rm"] } }),
};
/** It stands on dark ground: in the dock and on the alarm. */
export const frame = { width: 460, within: { background: "#0b1e3d", color: "#ffffff" } };
