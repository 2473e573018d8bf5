/**
 * The last 24 hours of air as bars. Pure.
 *
 * @import { AirHour } from "./protocol.js"
 */

/** Of the highest bar. */
export const HEIGHT = 100;
/** Least height of a bar, and of the mark of an hour without a reading. */
const LEAST = 6;
const NONE = 2;
/** Height of the gap between two pieces. */
const GAP = 4;

/** The hours with the best and the worst air; null where fewer than two were measured. @param {AirHour[]} day */
export function extremes(day) {
  const [first, ...rest] = day.flatMap(({ at, value }) => (value === null ? [] : [{ at, value }]));
  if (!first || !rest.length) return null;
  let [best, worst] = [first, first];
  for (const hour of rest) {
    if (hour.value < best.value) best = hour;
    if (hour.value > worst.value) worst = hour;
  }
  return { best, worst };
}

/** @param {number | null} value @param {number} highest  of the day */
export function heightOf(value, highest) {
  return value === null ? NONE : Math.max(LEAST, (value / Math.max(1, highest)) * HEIGHT);
}

/**
 * A bar in as many pieces as its band's number, from its top down.
 * @param {number} height
 * @param {number} count
 * @returns {[top: number, height: number][]}
 */
export function pieces(height, count) {
  const gap = Math.min(GAP, height / (2 * count));
  const each = (height - gap * (count - 1)) / count;
  return Array.from({ length: count }, (_, at) => [HEIGHT - height + at * (each + gap), each]);
}
