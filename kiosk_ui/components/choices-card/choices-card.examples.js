import { tiles } from "../../examples/station.js";

/** @import { Examples, Stage } from "../../examples/stage.js" */
/** @import { ChoicesCard, Suggestion } from "../../protocol.js" */

/** @param {Stage} stage @param {Suggestion[]} [choices] @returns {ChoicesCard[]} */
export const card = (stage, choices = tiles(stage.language).slice(0, 3)) =>
  [{ type: "choices", title: stage.words({ en: "Which one do you mean?", zh: "您指的是哪一个？", ko: "어느 쪽을 말씀하시나요?" }), choices }];

/** In another language than the page. */
export const FOREIGN = { label: "한국어로 말하기", say: "한국어", ask: null, language: "ko" };

/** @type {Examples} */
export const examples = {
  "three": (stage) => stage.show({ data: card(stage) }),
  "one": (stage) => stage.show({ data: card(stage, tiles(stage.language).slice(0, 1)) }),
  "many, one of them in another language": (stage) => stage.show({ data: card(stage, [...tiles(stage.language), FOREIGN]) }),
  "long": (stage) => stage.show({ data: card(stage, tiles(stage.language).slice(0, 2).map((tile) => ({ ...tile, label: `${tile.label} ${tile.label} ${tile.label} ${tile.label}` }))) }),
};
