/** @import { Examples, Stage } from "../../examples/stage.js" */
/** @import { TextCard } from "../../protocol.js" */

/** @param {Stage} stage @param {string[]} lines @returns {TextCard[]} */
export const card = (stage, ...lines) => [{ type: "text", title: stage.words({ en: "What I can do", zh: "我能做什么", ko: "제가 할 수 있는 일" }), lines }];

const LINES = { en: ["Find the next train", "Show the way", "Tell how the air is"], zh: ["查找下一班列车", "指路", "告诉您空气情况"], ko: ["다음 열차 찾기", "길 안내", "공기 상태 알려 드리기"] };

/** @type {Examples} */
export const examples = {
  "three lines": (stage) => stage.show({ data: card(stage, ...stage.words(LINES)) }),
  "no lines": (stage) => stage.show({ data: card(stage) }),
  "one long line": (stage) => stage.show({ data: card(stage, Array(12).fill(stage.words(LINES)[0]).join(", ")) }),
};
