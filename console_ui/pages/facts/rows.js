/** @import { Values } from "../../station/entries.js" */
/** @typedef {Record<string, Record<string, string>>} Facts  subject → language → text */

/** @param {Facts} facts @returns {Values} */
export const valuesOf = (facts) =>
  new Map(Object.entries(facts).flatMap(([subject, by]) => Object.entries(by).map(([language, words]) => [`${subject}.${language}`, words])));

/** What stands in the fields; a subject of which nothing is said is none, unless `all` are wanted. @param {Values} values @param {boolean} [all] @returns {Facts} */
export function factsOf(values, all = false) {
  /** @type {Facts} */
  const facts = {};
  for (const [key, words] of values) {
    const [subject, language] = key.split(".");
    if (all) facts[subject] ??= {};
    if (words.trim()) (facts[subject] ??= {})[language] = words.trim();
  }
  return facts;
}
