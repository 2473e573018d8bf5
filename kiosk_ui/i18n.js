/** @typedef {Record<string, string>} Table */
/** @typedef {(key: string, values?: Record<string, string | number>) => string} Translate */

/** Languages the page has words for. */
export const LANGUAGES = ["en", "zh", "ko"];

/** BCP 47 tags, for `lang` and `Intl`. */
export const TAGS = /** @type {Record<string, string>} */ ({ en: "en-GB", zh: "zh-Hans", ko: "ko" });

/** The `lang` of a tile in another language than the page; null where it is in the page's. @param {{language?: string | null}} tile */
export const langOf = ({ language }) => (language ? (TAGS[language] ?? language) : null);

/** How each language names itself. */
export const ENDONYMS = /** @type {Record<string, string>} */ ({ en: "English", zh: "中文", ko: "한국어" });

/**
 * Words of one language. A key with `#` is a plural: `minutes#one`, `minutes#other`, chosen by `values.count`.
 *
 * @param {string} language
 * @param {Table} table
 * @returns {Translate}
 */
export function translator(language, table) {
  const plural = new Intl.PluralRules(TAGS[language] ?? language);
  return (key, values = {}) => {
    const counted = "count" in values ? table[`${key}#${plural.select(Number(values.count))}`] : undefined;
    const text = counted ?? table[key] ?? table[`${key}#other`];
    if (text === undefined) throw new Error(`no words for "${key}" in ${language}`);
    return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
  };
}

/**
 * Fetches the words of every language once.
 * @returns {Promise<Record<string, Translate>>}
 */
export async function loadTranslators() {
  const pairs = await Promise.all(
    LANGUAGES.map(async (language) => {
      const response = await fetch(`locales/${language}.json`);
      return [language, translator(language, await response.json())];
    }),
  );
  return Object.fromEntries(pairs);
}
