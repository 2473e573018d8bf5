import { el } from "../../../kiosk_ui/dom.js";
import { languageName, spoken } from "../../content.js";
import { moment } from "../../times.js";

/** @import { Conflict } from "./merge.js" */
/** @import { Words } from "../../words.js" */
/** @typedef {{at: string, name: string | null, what: string[]}} Edit */

/** "text|utter_smalltalk_greet|en" in words. @param {string} key @param {string} topic @param {Words} t */
export function placeWords(key, topic, t) {
  const [kind, name, language] = key.split("|");
  return t(`place_${kind}`, { name: spoken(name, topic), language: languageName(language) });
}

/**
 * Somebody else saved first: who, what, and where both changed the same, both are shown and one is chosen.
 * @param {{edits: Edit[], conflicts: Conflict[], topic: string, t: Words, choose: (key: string, value: string) => void}} options
 */
export function conflictPanel({ edits, conflicts, topic, t, choose }) {
  const who = edits.map(({ name, at, what }) => el("li", { text: t("changed_by", {
    name: name ?? t("gone_person"), time: moment(at), what: what.map((part) => spoken(part.split(":")[0], topic)).join(", "),
  }) }));
  const asked = conflicts.map(({ key, mine, theirs }) => {
    const option = (/** @type {string} */ title, /** @type {string} */ words, /** @type {boolean} */ checked) => {
      const id = `choice-${key}-${checked ? "mine" : "theirs"}`;
      const input = el("input", { type: "radio", id, name: `choice-${key}`, checked, on: { change: () => choose(key, words) } });
      return el("div", { class: "column" }, el("div", { class: "option" }, input, el("label", { for: id, text: title })), el("pre", { class: "words", text: words }));
    };
    return el("fieldset", { class: "beside" }, el("legend", { text: placeWords(key, topic, t) }),
      el("div", { class: "columns" }, option(t("choose_mine"), mine, true), option(t("choose_theirs"), theirs, false)));
  });
  const heading = el("h2", { text: t("conflict_title"), tabindex: "-1" });
  const element = el("section", { class: "conflict" }, heading, el("ul", {}, ...who),
    el("p", { text: t(conflicts.length ? "conflict_choose" : "conflict_none") }), ...asked);
  return { element, heading };
}
