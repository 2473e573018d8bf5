import { fieldAt } from "./station/entries.js";

/** @import { Refused } from "./api.js" */
/** @import { Words } from "./words.js" */

/** What is wrong with a field; `field` null where it is none of them. @typedef {{field: string | null, text: string}} Fault */

/** A refusal in words. One without words of its own is told in the machine's. @param {Refused} refused @param {Words} t */
export function told(refused, t) {
  const values = { count: refused.waitS, detail: refused.detail };
  for (const key of [`problem_${refused.code.replaceAll("-", "_")}`, `problem_${refused.status}`]) {
    if (t.has(key)) return t(key, values);
  }
  return refused.detail || t("problem_other", { status: refused.status });
}

/**
 * A refusal, field by field. `rules` says what each field takes; `places` which field a code is about.
 * @param {Refused} refused
 * @param {Map<string, string>} rules  name of a field → its rule in words
 * @param {Record<string, string>} places  code → name of a field
 * @param {Words} t
 * @returns {Fault[]}
 */
export function faults(refused, rules, places, t) {
  const names = [...rules.keys()];
  const where = refused.errors.map(({ where: path }) => fieldAt(String(path).replace(/^body\.?/, ""), names) ?? String(path).split(".").at(-1) ?? "");
  const found = [...new Set(where)].filter((name) => rules.has(name));
  if (refused.code === "invalid-input" && found.length) {
    return found.map((field) => ({ field, text: rules.get(field) || t("wrong_value") }));
  }
  const field = places[refused.code] ?? fieldAt(String(refused.problem.field ?? ""), names);
  return [{ field: field !== null && rules.has(field) ? field : null, text: told(refused, t) }];
}
