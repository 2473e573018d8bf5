/** @import { Overview, Sensor } from "./overview.js" */

/** The silent ones first, then as they came. @param {Sensor[]} sensors */
export const bySilence = (sensors) => sensors.toSorted((one, other) => Number(other.silent) - Number(one.silent));

/**
 * What is worth saying aloud when the page has looked anew.
 * @param {Overview} before @param {Overview} now
 * @returns {("alert" | "worse" | "better" | "report" | "sensor")[]}
 */
export function news(before, now) {
  const order = ["ready", "degraded", "down"];
  const known = new Set(before.alerts.map(({ id }) => id));
  const silent = new Set(before.sensors.filter((sensor) => sensor.silent).map(({ id }) => id));
  /** @type {("alert" | "worse" | "better" | "report" | "sensor")[]} */
  const found = [];
  if (now.alerts.some(({ id }) => !known.has(id))) found.push("alert");
  if (order.indexOf(now.status) > order.indexOf(before.status)) found.push("worse");
  if (order.indexOf(now.status) < order.indexOf(before.status)) found.push("better");
  if (now.reports_waiting > before.reports_waiting) found.push("report");
  if (now.sensors.some((sensor) => sensor.silent && !silent.has(sensor.id))) found.push("sensor");
  return found;
}
