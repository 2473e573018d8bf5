/** @import { Examples } from "../../examples/stage.js" */

/** @type {Examples} */
export const examples = {
  "quiet": (stage) => stage.show(),
  "the microphone is on": (stage) => stage.show({ state: { phase: "listening" }, microphone: true }),
  "only touch works, and a notice": (stage) => stage.show({ state: {
    components: { dialogue: "down" }, notice: stage.words({ en: "The lift to platform 3 is out of order.", zh: "去3号站台的电梯停用。", ko: "3번 승강장 엘리베이터가 고장입니다." }),
  } }),
  "no voice, a long name": (stage) => stage.show({ state: {
    speech: { [stage.language]: { hear: true, speak: false, captions: true } },
    station: stage.words({ en: "Upper Lakeside Botanical Gardens and University Hospital", zh: "上湖畔植物园与大学附属医院站", ko: "상부 레이크사이드 식물원 및 대학교 부속병원역" }),
  }, microphone: true }),
  "before the assistant is there": (stage) => stage.show({ state: { phase: "offline", connected: false, station: "", clock: null } }),
};
export const frame = { width: 1240 };
