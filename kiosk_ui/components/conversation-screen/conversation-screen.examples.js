import { air, departures, tiles, turn } from "../../examples/station.js";

/** @import { Examples, Stage } from "../../examples/stage.js" */
/** @import { Card } from "../../protocol.js" */
/** @import { State } from "../../state.js" */

const QUESTION = { en: "When is the next train to the airport?", zh: "去机场的下一班列车几点？", ko: "공항 가는 다음 열차는 언제예요?" };
const ANSWER = {
  en: "The next train to Airport Terminal 2 leaves at 08:13 from platform 1.", zh: "开往机场2号航站楼的下一班列车8:13从1号站台发车。",
  ko: "공항 제2터미널로 가는 다음 열차는 8시 13분에 1번 승강장에서 출발합니다.",
};

/** An answer with a card. @param {Stage} stage @param {Card | null} card @param {Partial<State>} [changes] */
export const answered = (stage, card, changes = {}) =>
  ({ state: { phase: /** @type {const} */ ("answer"), question: stage.words(QUESTION), turn: turn(stage.language, ANSWER, card), ...changes } });

/** @type {Examples} */
export const examples = {
  "one moment": (stage) => stage.show({ state: { phase: "opening" } }),
  "listening, half heard": (stage) => stage.show({ state: { phase: "listening", question: stage.words(QUESTION) }, microphone: true, level: 0.6 }),
  "thinking": (stage) => stage.show({ state: { phase: "thinking", question: stage.words(QUESTION) } }),
  "an answer with departures, spoken": (stage) =>
    stage.show(answered(stage, { type: "departures", title: stage.words(QUESTION), departures: departures(stage.language).slice(0, 2) }, { speaking: true })),
  "an answer with choices": (stage) => stage.show(answered(stage, { type: "choices", title: stage.words(QUESTION), choices: tiles(stage.language).slice(0, 3) })),
  "an answer in words alone": (stage) => stage.show(answered(stage, null)),
  "nothing heard": (stage) => stage.show({ state: { phase: "answer", trouble: "nothing_heard" } }),
  "a quiet person": (stage) => stage.show(answered(stage, air(stage.language), { help: "tiles" })),
};
export const frame = { height: 520 };
