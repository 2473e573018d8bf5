import { tagOf, wordsOf } from "./words.js";

/** @import { Translate } from "../i18n.js" */
/** @import { Word } from "./words.js" */

/** Whatever can be pressed, chosen or typed in. */
export const CONTROLS = "button, a[href], input:not([type=hidden]), select, textarea, summary, [role=button], [role=switch], [role=radio], [role=checkbox]";

/**
 * What one may hear of it: what is typed only in a headset (EN 301 549, 5.1.3.9).
 * @typedef {{t: Translate, tag: string, headset: boolean}} Hearing
 */

/** @param {Element} control @param {Translate} t @returns {Word[]} its name */
export function nameOf(control, t) {
  const label = control.getAttribute("aria-label");
  if (label) return [{ text: label, tag: tagOf(control) }];
  const ids = (control.getAttribute("aria-labelledby") ?? "").split(/\s+/).filter(Boolean);
  const labels = [...ids.map((id) => document.getElementById(id)), ...(/** @type {HTMLInputElement} */ (control).labels ?? [])];
  const words = labels.flatMap((element) => (element ? [...element.childNodes].flatMap((child) => wordsOf(child, t)) : []));
  return words.length ? words : [...control.childNodes].flatMap((child) => wordsOf(child, t));
}

/** What it is, and how it stands. @param {Element} control @param {Hearing} hearing @returns {Word[]} */
export function stateOf(control, hearing) {
  const { t, tag } = hearing;
  const texts = [...kindOf(control, hearing), ...(unable(control) ? [t("spoken_unavailable")] : [])];
  return texts.map((text) => ({ text, tag }));
}

/** @param {Element} control */
function unable(control) {
  return control.matches(":disabled, [aria-disabled=true]");
}

/** @param {Element} control @param {Hearing} hearing @returns {string[]} */
function kindOf(control, { t, headset }) {
  if (isField(control)) return [t("spoken_field"), typedIn(control, t, headset)];
  if (control instanceof HTMLInputElement && control.type === "range") return [control.value];
  if (control.matches("summary")) return [t(control.matches("[open] > *") ? "spoken_open" : "spoken_closed")];
  const checked = control instanceof HTMLInputElement ? String(control.checked) : control.getAttribute("aria-checked");
  if (control.matches("[type=radio], [role=radio]")) return [t(checked === "true" ? "spoken_chosen" : "spoken_not_chosen")];
  if (control.matches("[type=checkbox], [role=checkbox], [role=switch]")) return [t(checked === "true" ? "spoken_on" : "spoken_off")];
  const expanded = control.getAttribute("aria-expanded");
  if (expanded) return [t("spoken_button"), t(expanded === "true" ? "spoken_open" : "spoken_closed")];
  return [t(control.getAttribute("aria-pressed") === "true" ? "spoken_chosen" : "spoken_button")];
}

/** @param {Element} control @returns {control is HTMLInputElement | HTMLTextAreaElement} */
export function isField(control) {
  if (control instanceof HTMLTextAreaElement) return true;
  return control instanceof HTMLInputElement && !["button", "submit", "reset", "checkbox", "radio", "range"].includes(control.type);
}

/** @param {HTMLInputElement | HTMLTextAreaElement} field @param {Translate} t @param {boolean} headset */
function typedIn(field, t, headset) {
  if (!field.value) return field.placeholder || t("spoken_empty");
  if (field.type === "password") return t("spoken_hidden");
  return headset ? field.value : t("spoken_typed");
}
