import { dateOf } from "../../times.js";
import { named } from "../../words.js";

/** @import { Words } from "../../words.js" */

/**
 * @typedef {{number: number, at: string, actor: string, name: string | null, action: string, object: string, before: string | null,
 *   after: string | null, hash: string}} Line
 */
/** What is looked for; empty for everything. @typedef {{who: string, what: string, day: string}} Wanted */

/** Whether a line is looked for. @param {Line} line @param {Wanted} wanted @param {string} [zone] */
export function fits(line, { who, what, day }, zone) {
  return (!who || line.actor === who) && (!what || line.action === what) && (!day || dateOf(line.at, zone) === day);
}

/** Whether no older line can be of the day that is looked for. @param {Line[]} lines  the newest first @param {Wanted} wanted @param {string} [zone] */
export function pastTheDay(lines, { day }, zone) {
  const last = lines.at(-1);
  return Boolean(day && last && dateOf(last.at, zone) < day);
}

/**
 * What has changed, as from `viewer:on` to `editor:on`, in words; nothing where it stayed.
 * @param {string | null} before @param {string | null} after @param {Words} t
 */
export function changeWords(before, after, t) {
  if (before === after) return "";
  const states = [before, after].filter((state) => state !== null);
  return states.map((state) => state.split(":").map((part) => named(t, "audit_state", part)).join(", ")).join(" → ");
}

/**
 * What a line is about, as `account:5f0c…`: its kind, and its name or id.
 * @param {string} object @param {Map<string, string>} names @param {Words} t
 */
export function objectWords(object, names, t) {
  const [kind, ...rest] = object.split(":");
  const id = rest.join(":");
  return `${named(t, "audit_kind", kind)} ${names.get(id) ?? id}`.trim();
}
