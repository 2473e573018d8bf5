import { DEFAULTS } from "../../preferences.js";

/** @import { Examples } from "../../examples/stage.js" */

const TEXT = {
  en: "The next train to Airport Terminal 2 leaves at 08:13 from platform 1.", zh: "开往机场2号航站楼的下一班列车8:13从1号站台发车。",
  ko: "공항 제2터미널로 가는 다음 열차는 8시 13분에 1번 승강장에서 출발합니다.",
};

/** What is said, with captions on. @param {string} said */
export const saying = (said) => ({ said, speaking: true, preferences: { ...DEFAULTS, captions: true } });

/** @type {Examples} */
export const examples = {
  "a sentence": (stage) => stage.show({ state: saying(stage.words(TEXT)) }),
  "a long text": (stage) => stage.show({ state: saying(Array(8).fill(stage.words(TEXT)).join(" ")) }),
};
export const frame = { width: 1200 };
