/** @import { Examples, Stage } from "../../examples/stage.js" */
/** @import { RouteCard, StepRow } from "../../protocol.js" */

const STEPS = {
  en: ["Walk to the ticket hall.", "Go through the gate.", "Take the lift by the north ticket hall to platform level.", "Walk straight on to platform 3."],
  zh: ["步行至售票厅。", "通过检票口。", "乘北售票厅旁的电梯到站台层。", "直走到3号站台。"],
  ko: ["매표소까지 걸어가세요.", "개찰구를 통과하세요.", "북쪽 매표소 옆 엘리베이터로 승강장 층으로 가세요.", "3번 승강장까지 곧장 걸어가세요."],
};
const LEVELS = { en: ["Street level", "Platform level"], zh: ["地面层", "站台层"], ko: ["지상층", "승강장 층"] };
const SEEN = {
  en: ["You are here on street level. The lift is 60 metres ahead.", "Platform 3 is 40 metres to the left of the lift."],
  zh: ["您在地面层。电梯在前方60米处。", "3号站台在电梯左侧40米处。"],
  ko: ["지금 지상층에 계십니다. 엘리베이터는 앞쪽 60m에 있습니다.", "3번 승강장은 엘리베이터 왼쪽 40m에 있습니다."],
};

/** By lift to another level. @param {Stage} stage @param {Partial<RouteCard>} [changes] @returns {RouteCard[]} */
export function card(stage, changes = {}) {
  const texts = stage.words(STEPS);
  const levels = stage.words(LEVELS);
  /** @type {StepRow["mode"][]} */
  const modes = ["walkway", "fare_gate", "lift", "walkway"];
  const steps = modes.map((mode, at) => ({ text: texts[at] ?? "", mode, level: levels[at < 2 ? 0 : 1] ?? null, metres: [40, null, 12, 60][at] ?? null, seconds: 30 }));
  const maps = ["L0", "L-1"].map((level, at) => ({ level, name: levels[at] ?? "", image: "examples/map.svg", text: stage.words(SEEN)[at] ?? "" }));
  return [{
    type: "route", title: stage.words({ en: "The way to platform 3", zh: "前往3号站台的路线", ko: "3번 승강장으로 가는 길" }), goal: "platform-3",
    metres: 140, seconds: 214, step_free: true, steps, maps, ...changes,
  }];
}

/** @type {Examples} */
export const examples = {
  "step-free, with a map of each level": (stage) => stage.show({ data: card(stage) }),
  "with stairs, one level": (stage) => stage.show({ data: card(stage, { step_free: false, maps: card(stage)[0]?.maps.slice(0, 1) ?? [],
    steps: (card(stage)[0]?.steps ?? []).map((step, at) => ({ ...step, mode: at === 2 ? "stairs" : step.mode })) }) }),
  "one step, no map, no length": (stage) => stage.show({ data: card(stage, { maps: [], metres: null, steps: card(stage)[0]?.steps.slice(3) ?? [] }) }),
};
