import { tiles, turn } from "../../examples/station.js";

/** @import { Examples } from "../../examples/stage.js" */

/** @type {Examples} */
export const examples = {
  "idle": (stage) => stage.show(),
  "after an answer": (stage) => stage.show({ state: { phase: "answer", turn: turn(stage.language, {}, null) } }),
  "after trouble": (stage) => stage.show({ state: { phase: "answer", trouble: "failed" } }),
  "one, in another language": (stage) => stage.show({ state: { tiles: [{ label: "한국어로 말하기", say: "한국어", ask: null, language: "ko" }] } }),
  "for a quiet person": (stage) => stage.show({ state: { phase: "answer", help: "tiles", turn: turn(stage.language, {}, null, { suggestions: tiles(stage.language) }) } }),
};
export const frame = { width: 465, height: 560 };
