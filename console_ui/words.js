import { translator } from "../kiosk_ui/i18n.js";

/** @import { Table, Translate } from "../kiosk_ui/i18n.js" */
/** @typedef {Translate & {has: (key: string) => boolean}} Words */

/** The console's words. A key with `#` is a plural, as in the kiosk's. @param {Table} table @returns {Words} */
export function words(table) {
  return Object.assign(translator("en", table), { has: (/** @type {string} */ key) => key in table || `${key}#other` in table });
}

/** Fetches the words once. */
export async function loadWords() {
  const response = await fetch("locales/en.json");
  if (!response.ok) throw new Error(`locales/en.json: ${response.status}`);
  return words(await response.json());
}

/**
 * The word for a value of the machine, as `part` and `speech` → `part_speech`. What has no word yet is shown as it came.
 * @param {Words} t @param {string} stem @param {string} value @param {string} [otherwise]
 */
export function named(t, stem, value, otherwise = value) {
  const key = `${stem}_${value.replaceAll(/[^A-Za-z0-9]/g, "_").toLowerCase()}`;
  return t.has(key) ? t(key) : otherwise;
}

/** A text of the station in English, else in its first language. @param {Record<string, string>} texts */
export const localised = (texts) => texts.en ?? Object.values(texts)[0] ?? "";
