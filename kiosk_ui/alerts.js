/**
 * Warnings on the page: which take over the screen, which stand above it, in which language. Pure.
 *
 * @import { AlertView, WayOut } from "./protocol.js"
 * @import { Event, State } from "./state.js"
 *
 * @typedef {object} Alarm
 * @property {string | null} id  of the alarm that was asked for; null: the most severe
 * @property {boolean} stepFree  the way without stairs is shown
 * @property {number} turnFrom  from then on the languages take turns; until then the chosen one stands
 *
 * @typedef {"danger" | "caution" | "safe" | "exercise" | "test" | "system"} Kind
 */

/** So long every language stands. */
export const TURN_MS = 6_000;

/** So long the page stays as a person has set it; then it is there for everybody again. */
const HOLD_MS = 60_000;

const KINDS = /** @type {Record<AlertView["colour"], Kind>} */ ({ red: "danger", yellow: "caution", green: "safe" });

/** Alerts that take over the screen: real ones, for life and safety. @param {State} state */
export function alarms(state) {
  return state.alerts.filter(({ life_safety: life, status }) => life && status === "Actual");
}

/** All other alerts, the real ones first. @param {State} state */
export function warnings(state) {
  const others = state.alerts.filter(({ life_safety: life, status }) => !life || status !== "Actual");
  return [...others.filter(({ status }) => status === "Actual"), ...others.filter(({ status }) => status !== "Actual")];
}

/** What an alert is to look like: its colour's meaning (ISO 22324), unless it is not real. @param {AlertView} alert @returns {Kind} */
export function kindOf({ status, colour }) {
  return status === "Actual" ? KINDS[colour] : /** @type {Kind} */ (status.toLowerCase());
}

/** The alarm on the screen, and its number among all. @param {State} state @returns {{alert: AlertView | null, number: number, total: number}} */
export function alarmShown(state) {
  const all = alarms(state);
  const found = all.findIndex(({ id }) => id === state.alarm?.id);
  const place = Math.max(0, found);
  return { alert: all[place] ?? null, number: place + 1, total: all.length };
}

/** The language on the screen: that of the page, while an alarm stands every one of the station in turn. @param {State} state @param {number} at */
export function languageShown(state, at) {
  if (!state.alarm) return state.language;
  const others = [...state.languages, ...Object.keys(alarmShown(state).alert?.headline ?? {})];
  const all = [...new Set([state.language, ...others])];
  const turns = Math.floor(Math.max(0, at - state.alarm.turnFrom) / TURN_MS);
  return all[turns % all.length] ?? state.language;
}

/** Texts in a language, or where they lack it in another. @template T @param {Record<string, T>} texts @param {string} language @returns {T | undefined} */
export function inLanguage(texts, language) {
  return texts[language] ?? texts.en ?? Object.values(texts)[0];
}

/** The way to show, if the map knows one. @param {AlertView} alert @param {boolean} stepFree @returns {WayOut | null} */
export function wayOf(alert, stepFree) {
  return stepFree ? alert.way_out_step_free : alert.way_out;
}

/** An alarm begins. @param {number} at @param {boolean} stepFree  whether the way without stairs is shown first @returns {Alarm} */
export function begun(at, stepFree) {
  return { id: null, stepFree, turnFrom: at };
}

/** What a person may do while an alarm stands: read it, or have it read. Nothing ends it. @param {State} state @param {Event} event @returns {State} */
export function whileAlarmed(state, event) {
  if (!state.alarm) return state;
  switch (event.type) {
    case "touched":
      return { ...state, touchedAt: event.at };
    case "headset":
      return { ...state, headset: event.plugged, preferences: { ...state.preferences, speech: event.plugged } };
    case "prefer":
      return { ...state, preferences: { ...state.preferences, ...event.changes } };
    case "language":
      return held({ ...state, language: event.language }, event.at);
    case "alarm-read":
      return heldAsShown(state, event.at);
    case "alarm-next": {
      const all = alarms(state);
      const next = all[alarmShown(state).number % all.length];
      return heldAsShown({ ...state, alarm: { ...state.alarm, id: next?.id ?? null, stepFree: false } }, event.at);
    }
    case "alarm-way":
      return heldAsShown({ ...state, alarm: { ...state.alarm, stepFree: event.stepFree } }, event.at);
    case "tick": {
      const changed = state.alarm.id !== null || state.alarm.stepFree;
      if (!changed || event.at - state.touchedAt < HOLD_MS) return state;
      return { ...state, preferences: { ...state.preferences, stepFree: false }, alarm: { ...state.alarm, id: null, stepFree: false } };
    }
    default:
      return state;
  }
}

/** @param {State} state @param {number} at @returns {State} */
function heldAsShown(state, at) {
  return held({ ...state, language: languageShown(state, at) }, at);
}

/** The language of the page stands for a while. @param {State} state @param {number} at @returns {State} */
function held(state, at) {
  return state.alarm ? { ...state, touchedAt: at, alarm: { ...state.alarm, turnFrom: at + HOLD_MS - TURN_MS } } : state;
}
