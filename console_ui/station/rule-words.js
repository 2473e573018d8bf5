import { named } from "../words.js";

/** @import { Words } from "../words.js" */
/** @import { Entry } from "./entries.js" */

/** 600 → "10 minutes". @param {number} seconds @param {Words} t */
export function span(seconds, t) {
  const [size, key] = /** @type {[number, string]} */ ([[3600, "span_hours"], [60, "span_minutes"]].find(([each]) => seconds && seconds % Number(each) === 0) ?? [1, "span_seconds"]);
  return t(key, { count: Number((seconds / size).toPrecision(6)) });
}

/** When a rule is told, in one sentence: "Carbon dioxide above 1500 ppm for 10 minutes". @param {Entry} rule @param {Entry[]} sensors @param {Words} t */
export function sentence(rule, sensors, t) {
  const watched = (rule.sensors ?? []).map((/** @type {string} */ id) => sensors.find((sensor) => sensor.id === id)).filter(Boolean);
  const quantities = [...new Set(watched.map((/** @type {Entry} */ { quantity }) => named(t, "quantity", quantity)))];
  const what = new Intl.ListFormat("en-GB", { type: "disjunction" }).format(/** @type {string[]} */ (quantities.length ? quantities : rule.sensors ?? []));
  const unit = watched[0]?.unit ?? "";
  const parts = [condition(rule, what, unit, t)];
  if (rule.hold_s) parts.push(t("rule_for", { span: span(rule.hold_s, t) }));
  if (rule.confirm > 1) parts.push(t("rule_confirmed", { count: rule.confirm }));
  if (rule.hours) parts.push(t("rule_in_hours", { hours: rule.hours.replaceAll("-", "–") }));
  return parts.join(" ");
}

/** @param {Entry} rule @param {string} what @param {string} unit @param {Words} t */
function condition(rule, what, unit, t) {
  if (rule.rise) return t("rule_rises", { what, value: rule.rise.by, unit, span: span(rule.rise.within_s, t) });
  if (unit === "state" && rule.above !== undefined) return t("rule_sounds", { what });
  return rule.above !== undefined ? t("rule_above", { what, value: rule.above, unit }) : t("rule_below", { what, value: rule.below ?? "?", unit });
}

/** A rule as its form has it: one condition with its amount. @param {Entry} rule @returns {Entry} */
export function shaped({ above, below, rise, ...rest }) {
  const kind = rise ? "rise" : below !== undefined ? "below" : "above";
  return { ...rest, condition: kind, amount: rise ? rise.by : below ?? above, ...(rise ? { within_s: rise.within_s } : {}) };
}

/** Back again. @param {Entry} shape @returns {Entry} */
export function unshaped({ condition: kind, amount, within_s: within, ...rest }) {
  return { ...rest, [kind]: kind === "rise" ? { by: amount, within_s: within } : amount };
}
