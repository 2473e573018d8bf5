import { el } from "../../kiosk_ui/dom.js";
import { choice, showFault } from "../forms/fields.js";
import { read, write, wrong } from "./hours.js";

/** @import { Field } from "../forms/fields.js" */
/** @import { Words } from "../words.js" */
/** @import { Day } from "./hours.js" */

/** A weekday of the table. @typedef {{element: HTMLElement, first: HTMLSelectElement, day: () => Day, show: (day: Day) => void}} Line */

const MONDAY = Date.UTC(2026, 0, 5);
const DAY_MS = 86_400_000;
const weekday = (/** @type {number} */ at) => new Intl.DateTimeFormat("en", { weekday: "long", timeZone: "UTC" }).format(MONDAY + at * DAY_MS);
const STATES = /** @type {const} */ (["closed", "open", "span", "break"]);
let count = 0;

/**
 * Opening hours as a table of weekdays, or as text where a table cannot show them. A table that nobody touched leaves the text as it was.
 * @param {{name: string, label: string, unset: string, value?: string, t: Words}} options  `unset` says what no hours mean
 * @returns {Field}
 */
export function hoursField({ name, label, unset, value = "", t }) {
  const id = `hours-${++count}`;
  let before = "";
  const lines = Array.from({ length: 7 }, (_, at) => line(weekday(at), t));
  const alike = el("button", { type: "button", class: "quiet", text: t("hours_alike"), on: { click: () => {
    for (const one of lines) one.show(lines[0].day());
    table.dispatchEvent(new Event("input", { bubbles: true }));
  } } });
  const table = el("div", { class: "week" }, ...lines.map(({ element }) => element), el("p", {}, alike));
  const typed = el("input", { type: "text", id, autocomplete: "off", spellcheck: "false", "aria-describedby": `${id}-hint`, class: "wide" });
  const asText = el("div", { class: "field" }, el("label", { for: id, text: t("hours_text") }), el("p", { id: `${id}-hint`, class: "hint", text: t("hours_text_hint") }), typed);
  const how = choice({ name: `${name}-how`, label: t("hours_how"), options: [
    { key: "none", label: unset }, { key: "table", label: t("hours_table") }, { key: "text", label: t("hours_as_text") },
  ] });
  how.element.classList.add("inline");
  const fault = el("p", { id: `${id}-fault`, class: "fault", hidden: true });
  const element = el("fieldset", { class: "beside hours", "aria-describedby": fault.id }, el("legend", { text: label }), fault, how.element, table, asText);
  const week = () => lines.map(({ day }) => day());
  const show = () => {
    table.hidden = how.value() !== "table";
    asText.hidden = how.value() !== "text";
  };
  const set = (/** @type {string} */ text) => {
    const shown = read(text);
    before = text;
    how.set(text === "" ? "none" : shown ? "table" : "text");
    typed.value = text;
    (shown ?? Array.from({ length: 7 }, () => /** @type {Day} */ ("closed"))).forEach((day, at) => lines[at].show(day));
    show();
  };
  const current = () => {
    if (how.value() === "none") return "";
    if (how.value() === "text") return typed.value.trim();
    return JSON.stringify(week()) === JSON.stringify(read(before)) ? before : write(week());
  };
  how.element.addEventListener("change", () => {
    if (how.value() === "text" && !typed.value) typed.value = wrong(week()) ? "" : write(week());
    show();
  });
  set(value);
  /** @type {HTMLElement} */
  let told = how.control;
  const tell = (/** @type {string | null} */ words) => {
    showFault(element, fault, told)(null);
    told = control();
    showFault(element, fault, told)(words);
  };
  const control = () => (how.value() === "table" ? lines[wrong(week())?.day ?? 0].first : how.value() === "text" ? typed : how.control);
  return {
    name, element, get control() { return control(); }, rule: t("hours_rule"), value: current, set, fault: tell,
    check: () => checked(how.value(), typed.value, week(), t),
  };
}

/** @param {string} how @param {string} typed @param {Day[]} week @param {Words} t */
function checked(how, typed, week, t) {
  if (how === "text") return typed.trim() ? null : t("hours_missing");
  const found = how === "table" ? wrong(week) : null;
  return found ? t(`hours_wrong_${found.fault}`, { day: weekday(found.day) }) : null;
}

/** @param {string} day @param {Words} t @returns {Line} */
function line(day, t) {
  const state = el("select", { "aria-label": day }, ...STATES.map((key) => el("option", { value: key, text: t(`hours_${key}`) })));
  const time = (/** @type {string} */ key) => el("input", { type: "time", "aria-label": t(key, { day }) });
  const inputs = [time("hours_from"), time("hours_to"), time("hours_again_from"), time("hours_again_to")];
  const pair = (/** @type {number} */ at) => el("span", { class: "span" }, inputs[at], "–", inputs[at + 1]);
  const pairs = [pair(0), pair(2)];
  const draw = () => {
    pairs[0].hidden = state.value !== "span" && state.value !== "break";
    pairs[1].hidden = state.value !== "break";
  };
  state.addEventListener("change", draw);
  return {
    element: el("div", { class: "weekday", role: "group", "aria-label": day }, el("span", { class: "day", text: day }), state, ...pairs), first: state,
    day: () => {
      if (state.value === "closed" || state.value === "open") return state.value;
      const spans = [{ from: inputs[0].value, to: inputs[1].value }, { from: inputs[2].value, to: inputs[3].value }];
      return state.value === "break" ? spans : spans.slice(0, 1);
    },
    show: (/** @type {Day} */ shown) => {
      state.value = typeof shown === "string" ? shown : shown.length > 1 ? "break" : "span";
      const spans = typeof shown === "string" ? [] : shown;
      inputs.forEach((input, at) => (input.value = spans[at >> 1]?.[at % 2 ? "to" : "from"] ?? ""));
      draw();
    },
  };
}
