/** @import { Examples, Stage } from "../../examples/stage.js" */
/** @import { PlaceCard } from "../../protocol.js" */

/** @param {Stage} stage @param {Partial<PlaceCard>} [changes] @returns {PlaceCard[]} */
export function card(stage, changes = {}) {
  return [{
    type: "place", id: "toilet", category: "toilet", hours: "Mo-Su 05:00-24:00", open_now: true, step_free: true, metres: 80, seconds: 70,
    name: stage.words({ en: "Toilets in the main hall", zh: "大厅洗手间", ko: "대합실 화장실" }),
    level: stage.words({ en: "Level 0, main hall", zh: "0层，大厅", ko: "0층, 대합실" }),
    where: stage.words({ en: "Go past the ticket office, then left.", zh: "经过售票处后左转。", ko: "매표소를 지나 왼쪽으로 가세요." }),
    hours_text: stage.words({ en: "every day from 5 am to midnight", zh: "每天 5:00 至 24:00", ko: "매일 5시부터 24시까지" }),
    note: stage.words({ en: "A coin of 1 is needed.", zh: "需投币1元。", ko: "동전이 필요합니다." }),
    others: stage.words({ en: ["Toilets at platform 5", "Toilets on the upper level"], zh: ["5号站台洗手间", "上层洗手间"], ko: ["5번 승강장 화장실", "위층 화장실"] }),
    ...changes,
  }];
}

/** Only its name is known. @param {Stage} stage */
export const bare = (stage) => card(stage, { level: null, where: "", hours: null, hours_text: null, open_now: null, step_free: null, metres: null, seconds: null, note: "", others: [] });

/** @type {Examples} */
export const examples = {
  "all that may be known": (stage) => stage.show({ data: card(stage) }),
  "closed, with steps": (stage) => stage.show({ data: card(stage, { category: "pharmacy", open_now: false, step_free: false, note: "", others: [] }) }),
  "only a name": (stage) => stage.show({ data: bare(stage) }),
  "a long name": (stage) => stage.show({ data: card(stage, { category: "shop", name: stage.words({
    en: "International Newspapers, Tobacco, Souvenirs and Travel Needs (Quay Street Passage)", zh: "国际报刊、烟草、纪念品及旅行用品商店（港口街通道）", ko: "국제 신문, 담배, 기념품 및 여행용품점 (하버 스트리트 통로)",
  }) }) }),
};
