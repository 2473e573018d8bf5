/** @import { Examples } from "../../examples/stage.js" */

/** @type {Examples} */
export const examples = {
  "idle": (stage) => stage.show(),
  "an answer stands": (stage) => stage.show({ state: { phase: "answer" } }),
  "listening": (stage) => stage.show({ state: { phase: "listening" }, level: 0.5, microphone: true }),
  "a panel is open": (stage) => stage.show({ state: { panel: "settings" } }),
  "many languages": (stage) => stage.show({ state: { languages: ["en", "zh", "ko", "de", "fr", "it"] } }),
};
export const frame = { width: 1240 };
