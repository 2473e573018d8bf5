import { air } from "../../examples/station.js";

/** @import { Examples } from "../../examples/stage.js" */

/** @type {[number, string, Record<string, string>][]} */
const BANDS = [
  [78, "moderate", { en: "Moderate", zh: "良", ko: "보통" }],
  [131, "sensitive", { en: "Unhealthy for sensitive groups", zh: "对敏感人群不健康", ko: "민감군 주의" }],
  [340, "hazardous", { en: "Hazardous", zh: "危险", ko: "위험" }],
];

/** Hours of a day, the best at 4, the worst at 18, one without a reading. */
export const DAY = Array.from({ length: 24 }, (_, hour) => {
  const value = hour === 10 ? null : 20 + Math.round(54 * Math.max(0, 1 - Math.abs(hour - 18) / 8)) + (hour === 4 ? -5 : 0);
  return { at: `2026-11-23T${String(hour).padStart(2, "0")}:00:00+01:00`, value, band: value === null ? null : value > 50 ? 2 : 1 };
});

/** @type {Examples} */
export const examples = {
  "with its last 24 hours": (stage) => stage.show({ data: [air(stage.language, { day: DAY })], kind: "card" }),
  "good, one sensor silent": (stage) => stage.show({ data: [air(stage.language)], kind: "card" }),
  ...Object.fromEntries(BANDS.map(([index, category, label], at) => [
    `${category}, as on the idle screen`,
    (/** @type {import("../../examples/stage.js").Stage} */ stage) => compact(stage, { index, category, band: [2, 3, 6][at] ?? null, label: stage.words(label) }),
  ])),
  "no index": (stage) => stage.show({ data: [air(stage.language, { index: null, band: null, category: null,
    label: stage.words({ en: "Not enough readings", zh: "读数不足", ko: "측정값 부족" }) })], kind: "card" }),
  "no sensors": (stage) => stage.show({ data: [air(stage.language, { sensors: [] })], kind: "card" }),
};

/** One line: the third argument after card and view. @param {import("../../examples/stage.js").Stage} stage @param {Partial<import("../../protocol.js").AirQualityCard>} changes */
export function compact(stage, changes = {}) {
  const part = stage.place(document.createElement("air-quality"));
  /** @type {any} */ (part).update(air(stage.language, changes), stage.view({}), true);
  return part;
}
