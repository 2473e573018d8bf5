/**
 * @typedef {{text: string, speech: string | null, say: string | null}} Words
 * @typedef {{intents: Record<string, Record<string, string[]>>, replies: Record<string, Record<string, Words>>}} Content
 * @typedef {{kind: "phrases" | "text" | "speech", name: string, language: string}} Field
 * @typedef {{key: string, base: string, mine: string, theirs: string}} Conflict
 */

/** @param {Field} field */
export const keyOf = ({ kind, name, language }) => `${kind}|${name}|${language}`;

/** Every field of a topic and what stands in it. @param {Content} content @returns {Map<string, string>} */
export function flat({ intents, replies }) {
  /** @type {Map<string, string>} */
  const found = new Map();
  for (const [name, byLanguage] of Object.entries(intents)) {
    for (const [language, phrases] of Object.entries(byLanguage)) found.set(keyOf({ kind: "phrases", name, language }), phrases.join("\n"));
  }
  for (const [name, byLanguage] of Object.entries(replies)) {
    for (const [language, { text, speech }] of Object.entries(byLanguage)) {
      found.set(keyOf({ kind: "text", name, language }), text);
      found.set(keyOf({ kind: "speech", name, language }), speech ?? "");
    }
  }
  return found;
}

/** One phrase a line, as they are kept. @param {string} typed */
export const phrasesOf = (typed) => [...new Set(typed.split("\n").map((line) => line.trim().replaceAll(/\s+/g, " ")).filter(Boolean))];

/** Words as they are kept. @param {string} typed */
const wordsOf = (typed) => typed.trim().replaceAll(/\s+/g, " ");

/** What stands in a field, without what makes no difference. @param {string} key @param {string} typed */
export const tidy = (key, typed) => (key.startsWith("phrases|") ? phrasesOf(typed).join("\n") : wordsOf(typed));

/** Fields in which something else stands than before. @param {Map<string, string>} before @param {Map<string, string>} typed */
export const changed = (before, typed) => [...typed].filter(([key, value]) => tidy(key, value) !== tidy(key, before.get(key) ?? "")).map(([key]) => key);

/**
 * What an edit says of those fields.
 * @param {string[]} keys @param {Map<string, string>} typed @param {Content} content  as it was read
 * @returns {{intents: Record<string, Record<string, string[]>>, replies: Record<string, Record<string, Words>>}}
 */
export function editOf(keys, typed, content) {
  /** @type {ReturnType<typeof editOf>} */
  const edit = { intents: {}, replies: {} };
  for (const key of keys) {
    const [kind, name, language] = key.split("|");
    if (kind === "phrases") (edit.intents[name] ??= {})[language] = phrasesOf(typed.get(key) ?? "");
    else {
      const text = wordsOf(typed.get(keyOf({ kind: "text", name, language })) ?? "");
      const speech = wordsOf(typed.get(keyOf({ kind: "speech", name, language })) ?? "") || null;
      (edit.replies[name] ??= {})[language] = { text, speech, say: content.replies[name]?.[language]?.say ?? null };
    }
  }
  return edit;
}

/**
 * Somebody else has saved meanwhile: what only they changed is taken, what only I changed stays, and what both changed otherwise is asked.
 * @param {Map<string, string>} base  what I began with @param {Map<string, string>} mine  what I typed @param {Map<string, string>} theirs  what is saved now
 */
export function merge(base, mine, theirs) {
  const values = new Map(theirs);
  /** @type {Conflict[]} */
  const conflicts = [];
  for (const key of changed(base, mine)) {
    const typed = mine.get(key) ?? "";
    const [was, saved] = [base.get(key) ?? "", theirs.get(key) ?? ""];
    values.set(key, typed);
    if (tidy(key, saved) !== tidy(key, was) && tidy(key, saved) !== tidy(key, typed)) conflicts.push({ key, base: was, mine: typed, theirs: saved });
  }
  return { values, conflicts };
}
