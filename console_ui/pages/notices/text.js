/**
 * @typedef {{id: string, kind: "information" | "disruption", texts: Record<string, string>, missing: string[], since: string, until: string,
 *   stops: string[], lines: string[], state: "now" | "planned" | "past", version: number}} Notice
 */
/** @typedef {{id: string, name: string}} Named */

/** The names of the form's fields for each language. @param {string} code */
export const fieldOf = (code) => `text-${code}`;

/** What the form says, as the kiosk takes it. @param {Record<string, any>} values @param {string[]} languages */
export function noticeOf(values, languages) {
  const texts = languages.map((code) => [code, String(values[fieldOf(code)] ?? "").replace(/\s+/g, " ").trim()]).filter(([, words]) => words);
  return {
    kind: values.kind, texts: Object.fromEntries(texts), since: values.since, until: values.until, lines: values.lines ?? [], stops: values.stops ?? [],
  };
}

/** A moment as its field has it, by the station's clock. @param {string} iso */
export const fieldTime = (iso) => iso.slice(0, 16);

/** The end of the day, for a notice that begins now. @param {string} iso */
export const dayEnd = (iso) => `${iso.slice(0, 10)}T23:59`;

/** What a notice is about; the station where it names nothing. @param {Notice} notice @param {Named[]} lines @param {Named[]} stops */
export function aboutOf({ lines: of, stops: at }, lines, stops) {
  const name = (/** @type {Named[]} */ list) => (/** @type {string} */ id) => list.find((one) => one.id === id)?.name ?? id;
  return [...of.map(name(lines)), ...at.map(name(stops))];
}
