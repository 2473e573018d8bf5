import { el } from "../../../kiosk_ui/dom.js";
import { languageName, spoken } from "../../content.js";
import { mark } from "../../parts/mark.js";
import { keyOf, phrasesOf } from "./merge.js";

/** @import { Words } from "../../words.js" */
/** @typedef {import("./merge.js").Content & {topic: string, languages: string[], placeholders: Record<string, string[]>}} Topic */
/** A text that can be edited, by its key. @typedef {Map<string, HTMLTextAreaElement>} Fields */

let count = 0;

/**
 * A text in one language.
 * @param {{key: string, label: string, language: string, value: string, rows: number, readonly: boolean, hint: string | null, fields: Fields}} options
 */
function area({ key, label, language, value, rows, readonly, hint, fields }) {
  const id = `words-${++count}`;
  const control = el("textarea", { id, rows, lang: language, readonly, spellcheck: "false", "data-key": key, "aria-describedby": hint ? `${id}-hint` : null });
  control.value = value;
  fields.set(key, control);
  const told = hint ? el("p", { id: `${id}-hint`, class: "hint", text: hint }) : "";
  return el("div", { class: "field" }, el("label", { for: id, text: label }), told, control);
}

/** Languages of a reply or question side by side. @param {string} title @param {string} id @param {...Node} columns */
const beside = (title, id, ...columns) =>
  el("fieldset", { class: "beside", "data-name": id }, el("legend", { text: title }), el("div", { class: "columns" }, ...columns));

/**
 * A reply: its text and what is said instead, in each language.
 * @param {string} name @param {Topic} topic @param {Words} t @param {boolean} readonly @param {Fields} fields
 */
export function reply(name, { topic, languages, replies, placeholders }, t, readonly, fields) {
  const may = placeholders[name]?.map((each) => `{${each}}`).join(", ");
  const columns = languages.map((language) => {
    const words = replies[name][language];
    const named = languageName(language);
    const common = { language, readonly, fields, hint: null };
    return el("div", { class: "column" }, words ? "" : mark("warn", t("missing_here", { language: named })),
      area({ ...common, key: keyOf({ kind: "text", name, language }), label: t("reply_in", { language: named }), value: words?.text ?? "", rows: 3 }),
      area({ ...common, key: keyOf({ kind: "speech", name, language }), label: t("speech_in", { language: named }), value: words?.speech ?? "", rows: 2,
        hint: t("speech_hint") }));
  });
  const shown = beside(spoken(name, topic), name, ...columns);
  if (may) shown.querySelector("legend")?.after(el("p", { class: "hint", text: t("may_hold", { names: may }) }));
  return shown;
}

/**
 * A question: what people say for it, in each language, opened where one looks for it.
 * @param {string} name @param {Topic} topic @param {Words} t @param {boolean} readonly @param {Fields} fields
 */
export function question(name, { topic, languages, intents }, t, readonly, fields) {
  const counted = languages.map((language) => `${languageName(language)} ${intents[name][language]?.length ?? 0}`).join(", ");
  const missing = languages.some((language) => !intents[name][language]?.length);
  const columns = languages.map((language) => {
    const value = (intents[name][language] ?? []).join("\n");
    const named = languageName(language);
    return el("div", { class: "column" }, value ? "" : mark("warn", t("missing_here", { language: named })),
      area({ key: keyOf({ kind: "phrases", name, language }), label: t("phrases_in", { language: named }), language, value, readonly, fields,
        rows: Math.min(14, phrasesOf(value).length + 2), hint: t("phrases_hint") }));
  });
  return el("details", { open: missing, "data-name": name }, el("summary", {}, el("strong", { text: spoken(name, topic) }), ` ${counted}`),
    el("div", { class: "columns" }, ...columns));
}
