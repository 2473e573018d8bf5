/** @import { Examples } from "../../examples/stage.js" */

const DEAF = { hear: false, speak: true, captions: false };

/** @type {Examples} */
export const examples = {
  "ready": (stage) => stage.show(),
  "opening": (stage) => stage.show({ state: { phase: "opening" } }),
  "listening, loud": (stage) => stage.show({ state: { phase: "listening" }, level: 0.8, microphone: true }),
  "thinking": (stage) => stage.show({ state: { phase: "thinking" } }),
  "cannot hear": (stage) => stage.show({ state: { speech: { en: DEAF, zh: DEAF, ko: DEAF } } }),
};
/** It stands in the dock, on dark ground. */
export const frame = { width: 460, within: { background: "#0b1e3d", color: "#ffffff", padding: "24px" } };
