/** @import { Examples } from "../../examples/stage.js" */

/** @type {Examples} */
export const examples = {
  "quiet": (stage) => stage.show(),
  "the microphone is on": (stage) => stage.show({ state: { phase: "listening" }, microphone: true }),
  "two notices of the station": (stage) => stage.show({ state: { notices: [
    stage.words({ en: "Platform 2 is rebuilt this weekend. Trains to the coast leave from platform 7.", zh: "本周末2号站台施工，往海岸方向的列车改在7号站台发车。", ko: "이번 주말 2번 승강장을 공사합니다. 해안 방면 열차는 7번 승강장에서 출발합니다." }),
    stage.words({ en: "The ticket office closes at 16:00 today.", zh: "售票处今天16:00关闭。", ko: "매표소는 오늘 16:00에 닫습니다." }),
  ] } }),
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
