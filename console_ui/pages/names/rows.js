/** @typedef {Record<string, Record<string, string>>} Names  as it is written → language → as it is said */
/** @typedef {{written: string, said: Record<string, string>}} Row */

/** A line for each name. @param {Names} names @returns {Row[]} */
export const rowsOf = (names) => Object.entries(names).map(([written, said]) => ({ written, said }));

/** What the lines say; a line without a name, or with nothing said, is none. @param {Row[]} rows @returns {Names} */
export function namesOf(rows) {
  /** @type {Names} */
  const names = {};
  for (const { written, said } of rows) {
    const kept = Object.entries(said).map(([language, words]) => [language, words.trim()]).filter(([, words]) => words);
    if (written.trim() && kept.length) names[written.trim()] = Object.fromEntries(kept);
  }
  return names;
}

/** Whether both say the same, in whatever order. @param {Names} one @param {Names} other */
export const alike = (one, other) => JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));

/** @param {Names} names */
const sorted = (names) => Object.entries(names).map(([written, said]) => [written, Object.entries(said).sort()]).sort();

/**
 * Somebody else saved first: their names, with mine on top where I changed them; a name that I took out goes.
 * @param {Names} base  what I began with @param {Names} mine @param {Names} theirs
 * @returns {{names: Names, both: string[]}}  `both` are names that each of us changed otherwise; mine stand in `names`
 */
export function mergeNames(base, mine, theirs) {
  const names = { ...theirs };
  /** @type {string[]} */
  const both = [];
  const same = (/** @type {unknown} */ one, /** @type {unknown} */ other) => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
  for (const written of new Set([...Object.keys(base), ...Object.keys(mine)])) {
    if (same(mine[written], base[written])) continue;
    if (!same(theirs[written], base[written]) && !same(theirs[written], mine[written])) both.push(written);
    if (mine[written]) names[written] = mine[written];
    else delete names[written];
  }
  return { names, both };
}
