/** One entry of a station file as the fields of a form, each a text by its path, and back; and what two people changed put together. */

/** @typedef {Record<string, any>} Entry */
/** How a field's text stands in the entry: as it is, as a number, a line each, yes or no. @typedef {"text" | "number" | "list" | "flag"} Kind */
/** @typedef {Map<string, string>} Values  by path, as "alert.headline.en"; the path of a text of any language ends in a dot */
/** @typedef {{key: string, mine: string, theirs: string}} Conflict */

/** @param {Entry} entry @param {string} path */
export function get(entry, path) {
  return path.split(".").reduce((/** @type {any} */ at, key) => at?.[key], entry);
}

/** Puts a value at a path; undefined takes it out, and what is empty then. @param {Entry} entry @param {string[]} path @param {unknown} value */
function put(entry, [key, ...rest], value) {
  if (rest.length) {
    entry[key] ??= {};
    put(entry[key], rest, value);
    if (!Object.keys(entry[key]).length) delete entry[key];
  } else if (value === undefined) delete entry[key];
  else entry[key] = value;
}

/** @param {unknown} value */
function textOf(value) {
  if (value === undefined || value === null) return "";
  if (Array.isArray(value)) return value.join("\n");
  if (typeof value === "boolean") return value ? "yes" : "no";
  return String(value);
}

/** @param {string} text @param {Kind} kind */
function valueOf(text, kind) {
  if (kind === "list") {
    const lines = [...new Set(text.split("\n").map((line) => line.trim()).filter(Boolean))];
    return lines.length ? lines : undefined;
  }
  if (!text.trim()) return undefined;
  if (kind === "flag") return text === "yes";
  const number = Number(text);
  return kind === "number" && Number.isFinite(number) ? number : text.trim();
}

/** What stands in each field. @param {Entry} entry @param {Iterable<string>} paths @returns {Values} */
export const valuesOf = (entry, paths) => new Map([...paths].map((path) => [path, textOf(get(entry, path))]));

/**
 * The entry with what the fields say; what no field shows stays.
 * @param {Entry} entry @param {Values} values @param {(path: string) => Kind} kindOf
 * @returns {Entry}
 */
export function entryOf(entry, values, kindOf) {
  const made = structuredClone(entry);
  for (const [path, text] of values) put(made, path.split("."), valueOf(text, kindOf(path)));
  return made;
}

/** Fields in which something else stands. @param {Values} before @param {Values} now */
export const changed = (before, now) => [...now.keys()].filter((key) => (before.get(key) ?? "").trim() !== (now.get(key) ?? "").trim());

/**
 * Somebody else has saved the same entry: what only they changed is taken, what only I changed stays, what both changed otherwise is asked.
 * @param {Values} base  what I began with @param {Values} mine @param {Values} theirs
 */
export function together(base, mine, theirs) {
  const values = new Map(theirs);
  /** @type {Conflict[]} */
  const conflicts = [];
  const others = new Set(changed(base, theirs));
  for (const key of changed(base, mine)) {
    const [typed, saved] = [mine.get(key) ?? "", theirs.get(key) ?? ""];
    values.set(key, typed);
    if (others.has(key) && typed.trim() !== saved.trim()) conflicts.push({ key, mine: typed, theirs: saved });
  }
  return { values, conflicts };
}

/**
 * The field that a refusal is about: the one named, else one below it, else one above it.
 * @param {string} path  as "alert.headline" @param {string[]} fields
 */
export function fieldAt(path, fields) {
  if (!path) return null;
  return fields.find((key) => key === path) ?? fields.find((key) => key.startsWith(`${path}.`)) ?? fields.find((key) => path.startsWith(`${key}.`)) ?? null;
}

/**
 * An id that no other entry has, from a name in Latin letters.
 * @param {string} name @param {string} otherwise  where it has none @param {string[]} taken
 */
export function idOf(name, otherwise, taken) {
  const plain = name.normalize("NFKD").toLowerCase().replaceAll(/[^\x20-\x7e]/g, "").replaceAll(/[^a-z0-9]+/g, "-").replaceAll(/^-+|-+$/g, "");
  const stem = plain.slice(0, 40).replace(/-+$/, "") || otherwise;
  let id = stem;
  for (let count = 2; taken.includes(id); count += 1) id = `${stem}-${count}`;
  return id;
}

/** Languages in which a text is missing; one for any language misses none. @param {Record<string, string> | undefined} text @param {string[]} languages */
export const lacking = (text, languages) => (text?.[""] ? [] : languages.filter((language) => !text?.[language]));
