import { lacking } from "../../station/entries.js";

/** @import { Entry } from "../../station/entries.js" */
/** @import { Station } from "../../station/reading.js" */
/** How much of each part has no words in a language. @typedef {{topics: number, places: number, facts: number, rules: number, sensors: number}} Lacks */

/** What a language lacks. @param {string} code @param {Station} station @param {{missing: Record<string, number>}[]} topics @returns {Lacks} */
export function lacksOf(code, { places, facts, rules, sensors }, topics) {
  const without = (/** @type {Entry[]} */ entries, /** @type {(entry: Entry) => (Record<string, string> | undefined)[]} */ texts) =>
    entries.filter((entry) => texts(entry).some((text) => lacking(text, [code]).length)).length;
  return {
    topics: topics.reduce((sum, { missing }) => sum + (missing[code] ?? 0), 0),
    places: without(places, ({ name, where }) => [name, ...(filled(where) ? [where] : [])]),
    facts: without(Object.values(facts), (by) => [by]),
    rules: without(rules, ({ alert }) => [alert.event, alert.headline, ...(filled(alert.instruction) ? [alert.instruction] : [])]),
    sensors: without(sensors, ({ name, area }) => [name, area]),
  };
}

/** @param {Record<string, string> | undefined} text */
const filled = (text) => Object.keys(text ?? {}).length > 0;

/** One place nearer to the beginning. @param {string[]} languages @param {string} code */
export function moved(languages, code) {
  const at = languages.indexOf(code);
  if (at < 1) return languages;
  return [...languages.slice(0, at - 1), code, languages[at - 1], ...languages.slice(at + 1)];
}
