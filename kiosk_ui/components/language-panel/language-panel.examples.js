/** @import { Examples } from "../../examples/stage.js" */

/** @type {Examples} */
export const examples = {
  "three": (stage) => stage.show({ state: { panel: "languages" } }),
  "one": (stage) => stage.show({ state: { panel: "languages", languages: [stage.language] } }),
};
export const frame = { width: 1240, height: 520 };
