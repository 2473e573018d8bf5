import { el } from "../../kiosk_ui/dom.js";

/** @import { Words } from "../words.js" */

/**
 * A field of a form: its label, its hint, what is wrong with it, and its control.
 * @typedef {object} Field
 * @property {string} name
 * @property {HTMLElement} element
 * @property {HTMLElement} control  what gets the focus
 * @property {() => any} value
 * @property {(value: any) => void} set
 * @property {() => string | null} check  what is wrong, in words, before anything is sent
 * @property {(text: string | null) => void} fault
 * @property {string} rule  what it takes, in words
 */

/** @typedef {{name: string, label: string, hint?: string, rule?: string, required?: string}} Named */

let count = 0;

/**
 * Label, hint and fault around one control.
 * @param {Named} named @param {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} control @param {...Node} beside
 */
export function single({ name, label, hint, rule = hint, required }, control, ...beside) {
  const id = `field-${++count}`;
  const fault = el("p", { id: `${id}-fault`, class: "fault", hidden: true });
  const told = hint ? el("p", { id: `${id}-hint`, class: "hint", text: hint }) : null;
  control.id = id;
  control.setAttribute("aria-describedby", [told?.id, fault.id].filter(Boolean).join(" "));
  if (required) control.setAttribute("aria-required", "true");
  const element = el("div", { class: "field" }, el("label", { for: id, text: label }), told, fault, el("div", { class: "control" }, control, ...beside));
  return {
    name, element, control, rule: rule ?? "", value: () => control.value, set: (/** @type {string} */ value) => (control.value = value),
    check: () => (required && !control.value.trim() ? required : null), fault: showFault(element, fault, control),
  };
}

/** Shows what is wrong, or that nothing is. @param {HTMLElement} element @param {HTMLElement} fault @param {HTMLElement} control */
export function showFault(element, fault, control) {
  return (/** @type {string | null} */ text) => {
    fault.hidden = text === null;
    fault.textContent = text ?? "";
    element.classList.toggle("wrong", text !== null);
    if (text === null) control.removeAttribute("aria-invalid");
    else control.setAttribute("aria-invalid", "true");
  };
}

/**
 * One line of text. `pattern` is checked before anything is sent.
 * @param {Named & {type?: string, autocomplete?: string, value?: string, pattern?: RegExp, readonly?: boolean}} options
 * @returns {Field}
 */
export function text({ type = "text", autocomplete = "off", value = "", pattern, readonly = false, ...named }) {
  const control = el("input", { type, name: named.name, autocomplete, value, readonly, spellcheck: "false", autocapitalize: "none" });
  const field = single(named, control);
  const check = () => field.check() ?? (pattern && control.value.trim() && !pattern.test(control.value.trim()) ? field.rule : null);
  return { ...field, value: () => control.value.trim(), check };
}

/** A password, which can be looked at while it is typed. @param {Named & {autocomplete: string, t: Words}} options @returns {Field} */
export function password({ autocomplete, t, ...named }) {
  const control = el("input", { type: "password", name: named.name, autocomplete, spellcheck: "false", autocapitalize: "none" });
  const show = el("button", { type: "button", class: "quiet", text: t("show_password"), "aria-pressed": "false", on: { click: () => {
    const shown = control.type === "password";
    control.type = shown ? "text" : "password";
    show.setAttribute("aria-pressed", String(shown));
  } } });
  const field = single(named, control, show);
  show.setAttribute("aria-controls", control.id);
  return field;
}

/** One of a few. @param {Named & {options: [string, string][], value?: string}} options  value and words of each @returns {Field} */
export function select({ options, value, ...named }) {
  const control = el("select", { name: named.name }, ...options.map(([key, words]) => el("option", { value: key, text: words, selected: key === value })));
  return single(named, control);
}

/**
 * Radio buttons, or boxes to tick where `many`. The value is one key, or a list of them.
 * @param {Named & {options: {key: string, label: string, hint?: string}[], value?: string | string[], many?: boolean}} options
 * @returns {Field}
 */
export function choice({ name, label, hint, rule = hint, required, options, value = [], many = false }) {
  const id = `field-${++count}`;
  const fault = el("p", { id: `${id}-fault`, class: "fault", hidden: true });
  const inputs = options.map(({ key }) =>
    el("input", { type: many ? "checkbox" : "radio", id: `${id}-${key}`, name: `${id}-${name}`, value: key, checked: [value].flat().includes(key) }));
  const lines = options.map((option, at) => {
    const told = option.hint ? el("p", { id: `${id}-${option.key}-hint`, class: "hint", text: option.hint }) : null;
    if (told) inputs[at].setAttribute("aria-describedby", told.id);
    return el("div", { class: "option" }, inputs[at], el("label", { for: inputs[at].id, text: option.label }), told);
  });
  const element = el("fieldset", { class: "field", "aria-describedby": fault.id }, el("legend", { text: label }),
    hint ? el("p", { class: "hint", text: hint }) : null, fault, ...lines);
  const chosen = () => inputs.filter((input) => input.checked).map((input) => input.value);
  return {
    name, element, control: inputs[0], rule: rule ?? "", value: () => (many ? chosen() : chosen()[0] ?? null),
    set: (keys) => inputs.forEach((input) => (input.checked = [keys].flat().includes(input.value))),
    check: () => (required && !chosen().length ? required : null),
    fault: (words) => {
      fault.hidden = words === null;
      fault.textContent = words ?? "";
      element.classList.toggle("wrong", words !== null);
    },
  };
}
