/**
 * One invented station, in the page's three languages: what examples show.
 *
 * @import { AirQualityCard, AlertView, DepartureRow, Suggestion, Turn } from "../protocol.js"
 * @import { State } from "../state.js"
 */

import { initial } from "../state.js";

export const NOW = "2026-11-24T08:02:00+01:00";

/** @typedef {Record<string, string>} Texts  language → text */

/** @type {Texts} */
const STATION = { en: "Quay Central", zh: "港口中央站", ko: "하버 중앙역" };

/** @type {Record<string, Texts>} */
export const NAMES = {
  north: { en: "Northgate via Mill Bridge", zh: "北门（经磨坊桥）", ko: "노스게이트 (밀브리지 경유)" },
  lake: { en: "Lakeside", zh: "湖畔", ko: "레이크사이드" },
  airport: { en: "Airport Terminal 2", zh: "机场2号航站楼", ko: "공항 제2터미널" },
  quay: { en: "Old Quay", zh: "旧港", ko: "올드하버" },
  mill: { en: "Mill Bridge", zh: "磨坊桥", ko: "밀브리지" },
  here: STATION,
  long: {
    en: "Upper Lakeside Botanical Gardens and University Hospital (North)",
    zh: "上湖畔植物园与大学附属医院（北）经旧港和磨坊桥",
    ko: "상부 레이크사이드 식물원 및 대학교 부속병원 (북쪽)",
  },
};

/** @param {Texts | undefined} texts @param {string} language */
const inOne = (texts, language) => texts?.[language] ?? texts?.en ?? "";

/** A departure: on time at 08:06 from platform 2, unless changed. @param {string} language @param {keyof typeof NAMES} [to] @param {Partial<DepartureRow>} [changes] @returns {DepartureRow} */
export function departure(language, to = "north", changes = {}) {
  return {
    scheduled: "2026-11-24T08:06:00+01:00", expected: "2026-11-24T08:06:00+01:00", line: "IC 5", headsign: inOne(NAMES[to], language),
    platform: "2", status: "on_time", trip: "ic5", colour: "C8102E", text_colour: "FFFFFF", mode: "rail", ...changes,
  };
}

/** One of every kind. @param {string} language @returns {DepartureRow[]} */
export function departures(language) {
  return [
    departure(language, "north", { trip_name: "IC 512" }),
    departure(language, "lake", {
      scheduled: "2026-11-24T08:09:00+01:00", expected: "2026-11-24T08:15:00+01:00", line: "R 21", platform: "5", scheduled_platform: "4",
      status: "delayed", colour: "0072CE",
    }),
    departure(language, "airport", { scheduled: "2026-11-24T08:13:00+01:00", expected: null, line: "A", platform: "1", status: "scheduled", colour: "F7B500", text_colour: "000000" }),
    departure(language, "mill", { expected: null, line: "M 3", platform: "11", status: "scheduled", colour: null, text_colour: null, headway_s: 480 }),
    departure(language, "quay", { scheduled: "2026-11-24T08:20:00+01:00", expected: null, line: "R 24", platform: "6", status: "cancelled", colour: "7A8B99" }),
    departure(language, "lake", { scheduled: "2026-11-24T08:28:00+01:00", expected: null, line: "IC 8", platform: null, status: "scheduled" }),
  ];
}

/** @param {string} language @param {Partial<AirQualityCard>} [changes] @returns {AirQualityCard} */
export function air(language, changes = {}) {
  const [hall, tracks] = { zh: ["大厅", "1–4号站台"], ko: ["대합실", "1–4번 승강장"] }[language] ?? ["Main hall", "Platforms 1–4"];
  const sensor = { silent: false, quantity: "pm2_5", label: "PM2.5", unit: "µg/m³" };
  return {
    type: "air_quality", index: 42, category: "good", band: 1, label: inOne({ en: "Good", zh: "优", ko: "좋음" }, language),
    system: "US EPA AQI", equivalent: true, at: NOW,
    sensors: [
      { ...sensor, area: hall ?? "", value: 8.4 }, { ...sensor, area: hall ?? "", quantity: "co2", label: "CO₂", value: 612, unit: "ppm" },
      { ...sensor, area: tracks ?? "", value: 11.25 },
      { ...sensor, area: tracks ?? "", quantity: "co2", label: "CO₂", value: null, unit: "ppm", silent: true },
    ],
    ...changes,
  };
}

/** @type {[string, Texts, Record<string, string>?][]} */
const TILES = [
  ["timetable_next_departures", { en: "Next trains", zh: "最近的列车", ko: "다음 열차" }],
  ["timetable_next_departures", { en: "Trains to the airport", zh: "去机场的列车", ko: "공항 가는 열차" }, { destination: "airport" }],
  ["facilities_find", { en: "Where are the toilets?", zh: "洗手间在哪里？", ko: "화장실이 어디예요?" }, { place: "category:toilet" }],
  ["wayfinding_step_free", { en: "Where is the lift?", zh: "电梯在哪里？", ko: "엘리베이터가 어디예요?" }],
  ["air_quality_now", { en: "How is the air?", zh: "空气怎么样？", ko: "공기가 어때요?" }],
  ["robot_capabilities", { en: "What can you do?", zh: "你能做什么？", ko: "무엇을 할 수 있어요?" }],
];

/** @param {string} language @returns {Suggestion[]} */
export function tiles(language) {
  return TILES.map(([intent, texts, slots = {}]) => ({ label: inOne(texts, language), say: inOne(texts, language), ask: { intent, slots } }));
}

/** A turn with one reply. @param {string} language @param {Texts} text @param {Turn["replies"][number]["card"]} card @param {Partial<Turn>} [changes] @returns {Turn} */
export function turn(language, text, card, changes = {}) {
  const said = inOne(text, language);
  return { id: "turn-1", conversation_id: "c", language, heard: null, replies: [{ text: said, speech: said, card }], suggestions: tiles(language).slice(2, 5), ...changes };
}

export const DISCLAIMER = {
  en: "Information only. Not a fire detection, alarm or voice-evacuation system; follow the certified alarm and staff.",
  zh: "仅供参考。本机不是火灾探测、报警或语音疏散系统；请听从经认证的警报和工作人员的指引。",
  ko: "참고용 안내입니다. 화재 감지, 경보 또는 음성 대피 장치가 아니므로 인증된 경보와 직원의 안내를 따르세요.",
};

/** @type {NonNullable<AlertView["way_out"]>} */
export const WAY_OUT = {
  exit_id: "exit-b", refuge: false, metres: 120, seconds: 100, safe: true,
  name: { en: "Exit B, Quay Street", zh: "B出口，港口街", ko: "B 출구, 하버 스트리트" },
  steps: {
    en: ["Turn around and walk 40 metres to the ticket hall.", "Take the stairs up to street level.", "Leave through Exit B on your left."],
    zh: ["转身步行40米到售票厅。", "走楼梯上到地面层。", "从左侧的B出口离开。"],
    ko: ["뒤로 돌아 매표소까지 40m 걸어가세요.", "계단으로 지상층까지 올라가세요.", "왼쪽 B 출구로 나가세요."],
  },
};

/** @type {NonNullable<AlertView["way_out"]>} */
export const REFUGE = {
  exit_id: "refuge-1", refuge: true, metres: 35, seconds: 40, safe: true,
  name: { en: "Refuge beside the ticket hall", zh: "售票厅旁避难处", ko: "매표소 옆 대피 공간" },
  steps: {
    en: ["Turn around and go 35 metres to the ticket hall.", "Wait behind the fire door and press the call button."],
    zh: ["转身前行35米到售票厅。", "在防火门后等候，并按呼叫按钮。"],
    ko: ["뒤로 돌아 매표소까지 35m 이동하세요.", "방화문 뒤에서 기다리며 호출 버튼을 누르세요."],
  },
};

/** A real fire, unless changed. @param {Partial<AlertView>} [changes] @returns {AlertView} */
export function fire(changes = {}) {
  return {
    id: "fire-1", life_safety: true, status: "Actual", colour: "red", category: "Fire", response: "Evacuate", severity: "Extreme", since: NOW,
    event: { en: "Fire", zh: "火灾", ko: "화재" },
    headline: { en: "Fire in the lower hall. Leave the station now.", zh: "地下大厅发生火灾，请立即离开车站。", ko: "지하 대합실에 불이 났습니다. 지금 역에서 나가세요." },
    instruction: { en: "Walk, do not run. Leave your luggage.", zh: "请步行，不要奔跑。请勿携带行李。", ko: "뛰지 말고 걸어서 이동하세요. 짐은 두고 가세요." },
    area: { en: "Lower hall and platforms 1–4", zh: "地下大厅和1–4号站台", ko: "지하 대합실과 1–4번 승강장" },
    sender: { en: "Station control", zh: "车站控制室", ko: "역 관제실" }, way_out: WAY_OUT, way_out_step_free: REFUGE, ...changes,
  };
}

/** Dust: no danger to life. @param {Partial<AlertView>} [changes] @returns {AlertView} */
export function dust(changes = {}) {
  return fire({
    id: "dust-1", life_safety: false, colour: "yellow", category: "Env", severity: "Moderate", response: "Avoid", way_out: null, way_out_step_free: null,
    event: { en: "Air quality", zh: "空气质量", ko: "공기 질" },
    headline: { en: "Much dust in the air on platforms 1–4.", zh: "1–4号站台空气中粉尘较多。", ko: "1–4번 승강장 공기에 먼지가 많습니다." },
    instruction: { en: "Wait in the main hall if you can.", zh: "如有可能，请在大厅等候。", ko: "되도록 대합실에서 기다리세요." },
    area: { en: "Platforms 1–4", zh: "1–4号站台", ko: "1–4번 승강장" }, ...changes,
  });
}

/** What the state is while an alarm stands. @param {...AlertView} alerts @returns {Partial<State>} */
export const alarmed = (...alerts) => ({ phase: "alarm", alerts, alarm: { id: null, stepFree: false, turnFrom: 0 }, disclaimer: DISCLAIMER });

/** An idle page at a quiet station, where everything works. @param {string} language @returns {State} */
export function stateOfTheStation(language) {
  const able = { hear: true, speak: true, captions: true };
  return {
    ...initial(language), phase: "idle", connected: true, languages: ["en", "zh", "ko"], station: inOne(STATION, language),
    clock: { iso: NOW, at: 0 }, tiles: tiles(language), tilesLanguage: language, speech: { en: able, zh: able, ko: able },
    components: { dialogue: "ready", speech: "ready", knowledge: "ready", environment: "ready" },
    kiosk: {
      ...initial(language).kiosk,
      help: { emergency: "112", staff: "+41 44 000 00 00", where: [inOne({ en: "At the ticket office in the main hall", zh: "大厅售票处", ko: "대합실 매표소" }, language)] },
      privacy: PRIVACY[language] ?? PRIVACY.en ?? [],
    },
  };
}

/** @type {Record<string, string[]>} */
const PRIVACY = {
  en: ["The microphone is on only while its light is on.", "There is no camera.", "Nothing you say leaves this machine.", "Everything is forgotten when you go."],
  zh: ["只有指示灯亮时麦克风才开启。", "本机没有摄像头。", "您说的话不会离开本机。", "您离开后一切都会清除。"],
  ko: ["표시등이 켜져 있을 때만 마이크가 켜집니다.", "카메라가 없습니다.", "말씀하신 내용은 이 기기 밖으로 나가지 않습니다.", "떠나시면 모두 지워집니다."],
};
