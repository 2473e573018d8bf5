/** @typedef {{element: Pick<Element, "closest">}} Placed */

/** What is read before all else where nobody has asked yet: which station, what is wrong now, then how to ask. */
const FIRST = ["station-header h1, station-header .notices, alert-banner", "talk-button", "suggestion-tiles"];

/**
 * The items of a screen on which a question is awaited, in the order in which they are of use: who hears the screen one item after
 * the other asks by the first of them, and need not pass the whole board before.
 * @template {Placed} Item
 * @param {readonly Item[]} items  in the order of the page
 * @returns {Item[]}
 */
export function askingFirst(items) {
  const ranked = items.map((item) => ({ item, rank: FIRST.findIndex((selector) => item.element.closest(selector)) }));
  const sooner = FIRST.flatMap((_, at) => ranked.filter(({ rank }) => rank === at));
  return [...sooner, ...ranked.filter(({ rank }) => rank < 0)].map(({ item }) => item);
}
