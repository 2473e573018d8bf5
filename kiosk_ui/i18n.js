/** @typedef {Record<string, string>} Table */
/** @typedef {(key: string, values?: Record<string, string | number>) => string} Translate */

/**
 * Languages that the page has words for, the first its own: code → BCP 47 tag, own name, direction of writing. Filled once from
 * `locales/languages.json`.
 * @type {Map<string, {tag: string, name: string, direction: "ltr" | "rtl"}>}
 */
export const LANGUAGES = new Map();

/** The page's own language. */
export const ownLanguage = () => LANGUAGES.keys().next().value ?? "en";

/** For `lang` and `Intl`. @param {string} language */
export const tagOf = (language) => LANGUAGES.get(language)?.tag ?? language;

/** How a language names itself, also one that the page has no words for: "fr" is "Français". @param {string} language */
export const nameOf = (language) => LANGUAGES.get(language)?.name ?? ownNameOf(language);

/** @param {string} language */
function ownNameOf(language) {
  try {
    const name = new Intl.DisplayNames([language], { type: "language" }).of(language) ?? language;
    return name[0].toLocaleUpperCase(language) + name.slice(1);
  } catch {
    return language;
  }
}

/** @param {string} language */
export const directionOf = (language) => LANGUAGES.get(language)?.direction ?? "ltr";

/**
 * The `lang` of a tile in another language than what is around it; null where it is in the same. Without one of its own it is in that of
 * the conversation, `spoken`: the page's words are another where it has none in that language.
 * @param {{language?: string | null}} tile @param {string} [spoken]
 */
export const langOf = ({ language }, spoken) => (language ? tagOf(language) : spoken && !LANGUAGES.has(spoken) ? tagOf(spoken) : null);

/**
 * Words of one language. A key with `#` is a plural: `minutes#one`, `minutes#other`, chosen by `values.count`.
 *
 * @param {string} language
 * @param {Table} table
 * @returns {Translate}
 */
export function translator(language, table) {
  const plural = new Intl.PluralRules(tagOf(language));
  return (key, values = {}) => {
    const counted = "count" in values ? table[`${key}#${plural.select(Number(values.count))}`] : undefined;
    const text = counted ?? table[key] ?? table[`${key}#other`];
    if (text === undefined) throw new Error(`no words for "${key}" in ${language}`);
    return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
  };
}

/**
 * Fetches the languages and their words once.
 * @returns {Promise<Record<string, Translate>>}
 */
export async function loadTranslators() {
  for (const { code, ...language } of await read("languages")) LANGUAGES.set(code, language);
  const pairs = await Promise.all([...LANGUAGES.keys()].map(async (language) => [language, translator(language, await read(language))]));
  return Object.fromEntries(pairs);
}

/** @param {string} name @returns {Promise<any>} */
async function read(name) {
  const response = await fetch(`locales/${name}.json`);
  if (!response.ok) throw new Error(`locales/${name}.json: ${response.status}`); // watchdog.js begins anew.
  return response.json();
}
