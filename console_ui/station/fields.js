import { el } from "../../kiosk_ui/dom.js";
import { languageName } from "../content.js";
import { choice, select, showFault, single } from "../forms/fields.js";
import { mark } from "../parts/mark.js";
import { lacking } from "./entries.js";

/** @import { Field, Named } from "../forms/fields.js" */
/** @import { Words } from "../words.js" */

/** A text of one line, or of several. @param {Named & {language?: string, rows?: number, value?: string}} options @returns {Field} */
export function area({ language, rows = 2, value = "", ...named }) {
  const common = { name: named.name, lang: language ?? null, spellcheck: "false", autocomplete: "off" };
  const control = rows === 1 ? el("input", { type: "text", class: "wide", ...common }) : el("textarea", { rows, ...common });
  control.value = value;
  const field = single(named, control);
  return { ...field, value: () => control.value.trim() };
}

/** A number. @param {Named & {value?: string, least?: number, t: Words}} options @returns {Field} */
export function number({ value = "", least = -Infinity, t, ...named }) {
  const control = el("input", { type: "text", inputmode: "decimal", name: named.name, value, class: "short", autocomplete: "off", spellcheck: "false" });
  const field = single(named, control);
  const value_ = () => control.value.trim().replace(",", ".");
  const bad = () => value_() !== "" && !(/^-?\d+(\.\d+)?$/.test(value_()) && Number(value_()) >= least);
  return { ...field, value: value_, check: () => field.check() ?? (bad() ? t(least === 0 ? "number_rule_least" : "number_rule") : null) };
}

const UNITS = /** @type {const} */ ([["3600", "hours"], ["60", "minutes"], ["1", "seconds"]]);

/** Seconds, as people say them: so many seconds, minutes or hours. Empty is nothing. @param {Named & {value?: string, t: Words}} options @returns {Field} */
export function duration({ value = "", t, ...named }) {
  const unit = el("select", { "aria-label": t("unit_of", { what: named.label }) }, ...[...UNITS].reverse().map(([key, name]) => el("option", { value: key, text: t(name) })));
  const control = el("input", { type: "text", inputmode: "decimal", name: named.name, class: "short", autocomplete: "off", spellcheck: "false" });
  const field = single(named, control, unit);
  const set = (/** @type {string} */ seconds) => {
    const whole = UNITS.find(([key]) => Number(seconds) && Number(seconds) % Number(key) === 0) ?? ["1", "seconds"];
    unit.value = whole[0];
    control.value = seconds === "" ? "" : String(Number(seconds) / Number(whole[0]));
  };
  const typed = () => control.value.trim().replace(",", ".");
  const good = () => /^\d+(\.\d+)?$/.test(typed());
  set(value);
  return {
    ...field, set, value: () => (good() ? String(Math.round(Number(typed()) * Number(unit.value) * 1000) / 1000) : typed()),
    check: () => field.check() ?? (typed() === "" || good() ? null : t("number_rule_least")),
  };
}

/** A box to tick: "yes" or "no". `ask` has to be answered before it changes. @param {Named & {value?: string, ask?: (on: boolean) => Promise<boolean>}} options @returns {Field} */
export function tick({ value = "no", ask, ...named }) {
  const control = el("input", { type: "checkbox", name: named.name, checked: value === "yes" });
  const { element, fault } = beside(named, control);
  if (ask) {
    control.addEventListener("change", async () => {
      const wanted = control.checked;
      control.checked = !wanted;
      if (await ask(wanted)) control.checked = wanted;
      control.dispatchEvent(new Event("input", { bubbles: true }));
      control.focus();
    });
  }
  return {
    name: named.name, element, control, rule: named.hint ?? "", value: () => (control.checked ? "yes" : "no"),
    set: (/** @type {string} */ to) => (control.checked = to === "yes"), check: () => null, fault,
  };
}

/** Boxes to tick, a line of the value each; what is ticked at first stands first. @param {Named & {options: {key: string, label: string}[], value: string}} options @returns {Field} */
export function ticks({ options, value, ...named }) {
  const chosen = value.split("\n").filter(Boolean);
  const known = new Map(options.map((option) => [option.key, option]));
  const first = chosen.map((key) => known.get(key) ?? { key, label: key });
  const field = choice({ ...named, many: true, value: chosen, options: [...first, ...options.filter(({ key }) => !chosen.includes(key))] });
  field.element.classList.add("ticks");
  return { ...field, value: () => field.value().join("\n"), set: (lines) => field.set(String(lines).split("\n")) };
}

/** One of a few; a value that is none of them can stay. @param {Named & {options: [string, string][], value: string}} options @returns {Field} */
export function oneOf({ options, value, ...named }) {
  return select({ ...named, value, options: options.some(([key]) => key === value) ? options : [...options, [value, value]] });
}

/** Fields under one title. @param {string} title @param {...(Node | string)} children */
export const group = (title, ...children) => el("section", {}, el("h3", { text: title }), ...children);

/** Short fields beside each other. @param {...Field} fields */
export const row = (...fields) => el("div", { class: "columns" }, ...fields.map(({ element }) => element));

let count = 0;

/** @param {Named} named @param {HTMLInputElement} control */
function beside({ label, hint }, control) {
  const id = `tick-${++count}`;
  control.id = id;
  const told = el("p", { id: `${id}-fault`, class: "fault", hidden: true });
  control.setAttribute("aria-describedby", hint ? `${id}-hint ${id}-fault` : `${id}-fault`);
  const line = el("div", { class: "option" }, control, el("label", { for: id, text: label }), hint ? el("p", { id: `${id}-hint`, class: "hint", text: hint }) : null);
  const element = el("div", { class: "field" }, told, line);
  return { element, fault: showFault(element, told, control) };
}

/**
 * A text with its languages side by side; one that is written for any language has a field of its own.
 * @param {{path: string, label: string, hint?: string, text?: Record<string, string>, languages: string[], rows?: number, needed?: boolean, t: Words}} options
 * @returns {{fields: Field[], element: HTMLElement}}
 */
export function localised({ path, label, hint, text = {}, languages, rows = 1, needed = false, t }) {
  const missing = new Set(needed || Object.keys(text).length ? lacking(text, languages) : []);
  const codes = [...languages, ...Object.keys(text).filter((code) => !languages.includes(code))];
  const fields = codes.map((language) => {
    const named = language ? t("text_in", { what: label, language: languageName(language) }) : t("text_in_any", { what: label });
    return area({ name: `${path}.${language}`, label: named, language: language || undefined, rows, value: text[language] ?? "" });
  });
  const columns = fields.map(({ element }, at) =>
    el("div", { class: "column" }, element, missing.has(codes[at]) ? mark("warn", t("missing_here", { language: languageName(codes[at]) })) : ""));
  const element = el("fieldset", { class: "beside" }, el("legend", { text: label }), hint ? el("p", { class: "hint", text: hint }) : "", el("div", { class: "columns" }, ...columns));
  return { fields, element };
}
