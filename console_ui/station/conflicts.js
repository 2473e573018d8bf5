import { el } from "../../kiosk_ui/dom.js";
import { moment } from "../times.js";

/** @import { Words } from "../words.js" */
/** @import { Conflict } from "./entries.js" */
/** @typedef {{at: string, name: string | null, what: string[]}} Edit */

/** "rules.stale-air" → "Alert rules: stale-air". @param {string} part @param {Words} t */
function partWords(part, t) {
  const [section, ...id] = part.split(".");
  const key = `part_of_${section === "pronunciations" ? "names" : section}`;
  return t.has(key) ? [t(key), ...id].join(": ") : part;
}

/**
 * Somebody else saved the same first: who, and where both changed the same, both are shown and one is chosen.
 * @param {{edits: Edit[], conflicts: Conflict[], gone: boolean, labelOf: (key: string) => string, t: Words, choose: (key: string, value: string) => void}} options
 */
export function conflictPanel({ edits, conflicts, gone, labelOf, t, choose }) {
  const who = edits.map(({ name, at, what }) =>
    el("li", { text: t("changed_by", { name: name ?? t("gone_person"), time: moment(at), what: what.map((part) => partWords(part, t)).join(", ") }) }));
  const asked = conflicts.map(({ key, mine, theirs }, at) => {
    const option = (/** @type {string} */ title, /** @type {string} */ value, /** @type {boolean} */ checked) => {
      const id = `both-${at}-${checked ? "mine" : "theirs"}`;
      const input = el("input", { type: "radio", id, name: `both-${at}`, checked, on: { change: () => choose(key, value) } });
      const words = el("pre", { class: "words", text: value || t("left_empty") });
      return el("div", { class: "column" }, el("div", { class: "option" }, input, el("label", { for: id, text: title })), words);
    };
    return el("fieldset", { class: "beside" }, el("legend", { text: labelOf(key) }),
      el("div", { class: "columns" }, option(t("choose_mine"), mine, true), option(t("choose_theirs"), theirs, false)));
  });
  const heading = el("h2", { text: t("conflict_entry"), tabindex: "-1" });
  const text = gone ? t("conflict_gone") : t(conflicts.length ? "conflict_choose" : "conflict_none");
  return { element: el("section", { class: "conflict" }, heading, el("ul", {}, ...who), el("p", { text }), ...asked), heading };
}
