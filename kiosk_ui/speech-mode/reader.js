/**
 * Where one is among the items of a screen. Pure: items are compared by their element, or, where that was drawn anew, by their key.
 *
 * @typedef {{element: unknown, key: string}} Place
 * @typedef {Place & {at: number}} Cursor
 */

/** Pressed again within this time, `repeat` reads the whole screen. */
export const TWICE_MS = 700;

/**
 * One step on or back, round the ends.
 * @param {number} count  of the items
 * @param {number} at
 * @param {1 | -1} by
 * @returns {{at: number, passed: "beginning" | "last" | null}}
 */
export function stepped(count, at, by) {
  const next = at + by;
  if (next >= count) return { at: 0, passed: "beginning" };
  return next < 0 ? { at: count - 1, passed: "last" } : { at: next, passed: null };
}

/**
 * Where the item one was at is now; where it is gone, its neighbour.
 * @param {readonly Place[]} items
 * @param {Cursor | null} cursor
 * @returns {number} -1 where one has been nowhere yet
 */
export function found(items, cursor) {
  if (!cursor) return -1;
  const same = items.findIndex(({ element }) => element === cursor.element);
  if (same >= 0) return same;
  const alike = items.flatMap(({ key }, at) => (key === cursor.key ? [at] : []));
  const nearest = alike.sort((one, other) => Math.abs(one - cursor.at) - Math.abs(other - cursor.at))[0];
  return nearest ?? Math.min(cursor.at, items.length) - 1;
}

/**
 * The first item after a place that is not known yet.
 * @param {readonly Place[]} items
 * @param {number} after
 * @param {ReadonlySet<string>} known  keys
 * @returns {number} -1 where there is none
 */
export function nextNew(items, after, known) {
  return items.findIndex(({ key }, at) => at > after && !known.has(key));
}
