/**
 * What the page knows and shows. Pure: events in, a new state out; time comes with the event.
 *
 * Which event may lead from which phase to which is written down in `states.json`, and so is when the keyboard and the panels open
 * and close; `states.test.js` holds this file to it, and `docs/reference/kiosk-states.md` is made of it. In short: offline → idle
 * by a welcome; from there to opening, listening and thinking by a question; answer; back to idle by a reset or by time. An alert
 * for life and safety leads to alarm from everywhere, at once. A lost connection is waited for during a visit (`connection.js`)
 * and leads to offline else; alerts that are known stay. Who is there and says nothing is helped (`quiet.js`).
 *
 * @import { Alarm } from "./alerts.js"
 * @import { AirQualityCard, AlertsMessage, AlertView, ClientMessage, DepartureRow, ServerMessage, SpeechAbility, Suggestion, Turn, Welcome, Health } from "./protocol.js"
 * @import { Preferences } from "./preferences.js"
 * @import { Help } from "./quiet.js"
 * @import { Reading } from "./station-clock.js"
 *
 * @typedef {"offline" | "idle" | "opening" | "listening" | "thinking" | "answer" | "alarm"} Phase
 * @typedef {"nothing_heard" | "failed" | "slow" | "microphone" | "lost"} Trouble
 * @typedef {"settings" | "languages" | "privacy" | "help"} Panel
 * @typedef {Extract<ClientMessage, {type: "say" | "ask"}>} Question
 *
 * @typedef {object} State
 * @property {Phase} phase
 * @property {boolean} connected
 * @property {string} language
 * @property {string[]} languages  the first is the kiosk's own
 * @property {string | null} wished  the language chosen last, until the assistant speaks it: what it says of one chosen before is late
 * @property {string} station
 * @property {Reading | null} clock
 * @property {number} idleS
 * @property {number} quietS  0: nobody is prompted
 * @property {Suggestion[]} tiles  the most asked questions
 * @property {string} tilesLanguage
 * @property {string | null} notice
 * @property {Record<string, Health>} components
 * @property {Record<string, SpeechAbility>} speech
 * @property {string | null} turnId  the turn in hand
 * @property {string | null} staleId  a turn that was overtaken: what still comes of it is dropped
 * @property {string} question  what was typed, touched or heard
 * @property {{message: Question, sent: number} | null} asking  the question that is not answered yet, and how often it was sent
 * @property {Turn | null} turn
 * @property {Trouble | null} trouble
 * @property {boolean} speaking
 * @property {boolean} entry  the keyboard is open
 * @property {Panel | null} panel  what stands in the middle instead of the board or the answer
 * @property {Preferences} preferences
 * @property {boolean} headset  a plug is in the headset's socket
 * @property {string} said  what the voice says just now, for captions
 * @property {boolean} saidShown  whether that is on the screen besides
 * @property {string | null} conversationId
 * @property {number | null} lostAt  since when the connection is lost with a visit in hand: it is waited for
 * @property {Pick<Welcome, "keypad" | "headset" | "screen" | "help" | "privacy">} kiosk  what the station file says of this kiosk
 * @property {boolean} visited  somebody has touched the page since it was last wiped
 * @property {Help | null} help  what was given since that person last did something
 * @property {number} touchedAt  last sign of a person
 * @property {number} stageAt  since when the page opens the microphone, listens or thinks
 * @property {number | null} warnedAt  since when the idle warning stands
 * @property {{departures: DepartureRow[] | null, air: AirQualityCard | null}} board
 * @property {string[]} notices  what the station itself has to say, while nobody is there
 * @property {AlertView[]} alerts  the most severe first
 * @property {Record<string, string>} disclaimer  language → that this is no certified alarm system
 * @property {number | null} staleAt  since when nobody vouches for the alerts
 * @property {Alarm | null} alarm  exactly in the phase of that name
 * @property {boolean} reading  the cards of the warnings are open
 *
 * @typedef {{at: number} & ({type: "server", message: ServerMessage}
 *   | {type: "lost"} | {type: "tick"} | {type: "touched"} | {type: "talk"} | {type: "live"} | {type: "released"}
 *   | {type: "silenced"} | {type: "microphone-failed"} | {type: "asked", question: string, message?: Question} | {type: "prompted", message?: Question}
 *   | {type: "entry", open: boolean} | {type: "language", language: string} | {type: "speaking", speaking: boolean}
 *   | {type: "reset"} | {type: "panel", panel: Panel | null} | {type: "prefer", changes: Partial<Preferences>}
 *   | {type: "headset", plugged: boolean} | {type: "saying", text: string, shown?: boolean} | {type: "reading", open: boolean} | {type: "alarm-read"} | {type: "alarm-next"}
 *   | {type: "alarm-way", stepFree: boolean} | {type: "departures", departures: DepartureRow[] | null}
 *   | {type: "air", air: AirQualityCard | null} | {type: "notices", notices: string[]})} Event
 */

import { alarms, begun, warnings, whileAlarmed } from "./alerts.js";
import { askingOf, givenUp, lost, welcomed } from "./connection.js";
import { DEFAULTS } from "./preferences.js";
import { fewOf, helpFor } from "./quiet.js";
import { inUse, listensTo, overtake, present, wipe } from "./visit.js";

export { inUse, listensTo };

/** A person has at least this long to say that they are still there (WCAG 2.2.1). */
const WARNING_S = 20;

/** After this long the page stops waiting: for the microphone, the end of the question, the answer. */
const LONGEST_MS = { opening: 10_000, listening: 60_000, thinking: 12_000 };

/** So many of the most asked questions stand below an answer that leads to no others. */
const COMMON = 4;
const COMMON_AFTER_TROUBLE = 6;

/** @param {string} language @returns {State} */
export function initial(language) {
  return {
    phase: "offline",
    connected: false,
    turnId: null,
    staleId: null,
    question: "",
    asking: null,
    turn: null,
    trouble: null,
    speaking: false,
    entry: false,
    panel: null,
    preferences: DEFAULTS,
    headset: false,
    said: "",
    saidShown: true,
    conversationId: null,
    lostAt: null,
    kiosk: { keypad: {}, headset: {}, screen: { inches: null, distance_mm: 600 }, help: { emergency: null, staff: null, where: [] }, privacy: [] },
    warnedAt: null,
    visited: false,
    help: null,
    language,
    languages: [language],
    wished: null,
    station: "",
    clock: null,
    idleS: 60,
    quietS: 0,
    tiles: [],
    tilesLanguage: language,
    notice: null,
    components: {},
    speech: {},
    touchedAt: 0,
    stageAt: 0,
    board: { departures: null, air: null },
    notices: [],
    alerts: [],
    disclaimer: {},
    staleAt: null,
    alarm: null,
    reading: false,
  };
}

/** Seconds between the warning and the wipe. @param {State} state */
export function warningS(state) {
  return state.idleS >= WARNING_S * 1.5 ? WARNING_S : state.idleS / 2;
}

/** Seconds left until the wipe, while the warning stands. @param {State} state @param {number} at */
export function secondsLeft(state, at) {
  return state.warnedAt === null ? null : Math.max(0, Math.ceil(warningS(state) - (at - state.warnedAt) / 1000));
}

/** Whether the time is over and the page is to be wiped. @param {State} state @param {number} at */
export function expired(state, at) {
  return state.warnedAt !== null && at - state.warnedAt >= warningS(state) * 1000;
}

/** What the kiosk can do in the language shown. @param {State} state @returns {SpeechAbility} */
export function ability(state) {
  return state.speech[state.language] ?? { hear: false, speak: false, captions: false };
}

/**
 * What does not work now: the one thing a person must know first.
 * @param {State} state
 * @returns {"lost" | "touch_only" | "no_hearing" | "no_voice" | null}
 */
export function limit(state) {
  if (state.phase === "offline" || state.phase === "alarm") return null;
  if (state.lostAt !== null) return "lost";
  if (state.components.dialogue === "down") return "touch_only";
  if (!ability(state).hear) return "no_hearing";
  return ability(state).speak ? null : "no_voice";
}

/** A tile that stays from a language that the page has left. @param {string} language @param {Suggestion} tile @returns {Suggestion} */
const spokenIn = (language, tile) => ({ ...tile, language: tile.language ?? language });

/**
 * The questions to touch: the most asked ones while idle and after trouble; else what follows from the answer, unless
 * its card offers that already, and where nothing follows a few of the most asked. A quiet person has four in the end.
 * @param {State} state
 */
export function tilesOf(state) {
  const { turn, language } = state;
  const asked = (/** @type {Suggestion[]} */ tiles) => (turn && turn.language !== language ? tiles.map((tile) => spokenIn(turn.language, tile)) : tiles);
  const common = state.tilesLanguage === language ? state.tiles : [];
  if (!turn && state.help === "tiles") return fewOf(common);
  if (!turn) return state.trouble ? common.slice(0, COMMON_AFTER_TROUBLE) : common;
  const choices = asked(turn.replies.flatMap(({ card }) => (card?.type === "choices" ? card.choices : [])));
  if (state.help === "tiles") return fewOf(choices.length ? choices : common);
  if (choices.length) return asked(turn.suggestions).filter((tile) => !choices.some((choice) => choice.label === tile.label));
  return turn.suggestions.length ? asked(turn.suggestions) : common.slice(0, COMMON);
}

/** @param {State} state @param {Event} event @returns {State} */
export function reduce(state, event) {
  switch (event.type) {
    case "server":
      return fromServer(state, event.message, event.at);
    case "lost":
      return lost(state, event.at);
    case "departures":
      return { ...state, board: { ...state.board, departures: event.departures } };
    case "air":
      return { ...state, board: { ...state.board, air: event.air } };
    case "notices":
      return { ...state, notices: event.notices };
    default:
      return state.alarm ? whileAlarmed(state, event) : everyday(state, event);
  }
}

/** @param {State} state @param {Event} event @returns {State} */
function everyday(state, event) {
  switch (event.type) {
    case "tick":
      return tick(state, event.at);
    case "touched":
      return present(state, event.at);
    case "reading":
      return { ...present(state, event.at), reading: event.open && warnings(state).length > 0 };
    case "language":
      return { ...present(settled(state), event.at), language: event.language, wished: event.language, help: null };
    case "prefer":
      return { ...present(state, event.at), preferences: { ...state.preferences, ...event.changes } };
    case "headset":
      return plugged(state, event.plugged, event.at);
    case "saying":
      return { ...state, said: event.text, saidShown: event.shown ?? true };
    default:
      return state.phase === "offline" ? state : fromPerson(state, event);
  }
}

/** Another language ends a question that is being thought about: its answer would be in the old one. @param {State} state @returns {State} */
function settled(state) {
  return state.phase === "thinking" ? { ...overtake(state), phase: "idle" } : state;
}

/** A plug that goes in starts the speech mode; one that comes out ends it, and nothing goes on sounding in the hall. @param {State} state @param {boolean} plug @param {number} at @returns {State} */
function plugged(state, plug, at) {
  return { ...present(state, at), headset: plug, preferences: { ...state.preferences, speech: plug }, said: "" };
}

/** @param {State} state @param {Event} event @returns {State} */
function fromPerson(state, event) {
  const touched = present(state, event.at);
  switch (event.type) {
    case "talk":
      if (!state.connected) return touched; // Nobody would hear it.
      return { ...overtake(touched), phase: "opening", entry: false, panel: null, help: null, stageAt: event.at };
    case "live":
      return state.phase === "opening" ? { ...touched, phase: "listening", stageAt: event.at } : state;
    case "released":
      return state.phase === "listening" ? { ...touched, phase: "thinking", stageAt: event.at } : state;
    case "silenced":
      return listensTo(state) ? { ...overtake(touched), phase: "idle", entry: false, panel: null, help: null } : state;
    case "microphone-failed":
      return listensTo(state) ? { ...touched, phase: "answer", trouble: "microphone" } : state;
    case "asked":
      return { ...thinks(touched, event), question: event.question, entry: false, panel: null, help: null };
    case "prompted": // By the page, for somebody who is quiet.
      return { ...thinks(state, event), help: "prompt" };
    case "entry":
      return { ...touched, entry: event.open, help: null, panel: event.open ? null : state.panel };
    case "panel":
      return { ...touched, panel: event.panel, entry: false, help: null };
    case "speaking": // The warning is said aloud itself; that is no sign of a person.
      return { ...(state.warnedAt === null ? touched : state), speaking: event.speaking, said: event.speaking ? state.said : "" };
    case "reset":
      return { ...atHome(wipe(touched)), phase: state.connected ? "idle" : "offline" };
    default:
      return state;
  }
}

/** In the kiosk's own language again. @param {State} state @returns {State} */
function atHome(state) {
  const language = state.languages[0] ?? state.language;
  return { ...state, language, wished: language };
}

/** A question is with the assistant. @param {State} state @param {{at: number, message?: Question}} event @returns {State} */
function thinks(state, { at, message }) {
  return { ...overtake(state), phase: "thinking", asking: askingOf(state, message), stageAt: at };
}

/** @param {State} state @param {string | null} turnId @returns {boolean} whether a message is about the turn in hand */
export function concerns(state, turnId) {
  if (turnId === null) return true;
  return state.turnId === null ? turnId !== state.staleId : turnId === state.turnId;
}

/** @param {State} state @param {ServerMessage} message @param {number} at @returns {State} */
function fromServer(state, message, at) {
  switch (message.type) {
    case "welcome":
      return welcomed(state, message, at);
    case "status":
      return { ...state, components: message.components, speech: message.speech };
    case "alerts":
      return alerted(state, message, at);
    case "alert_audio":
    case "reading":
    case "reading_end":
      return state;
    case "preferences":
      return { ...state, preferences: { ...state.preferences, pace: message.pace, stepFree: message.step_free } };
    case "turn":
      return awaits(state) && concerns(state, message.turn.id) ? answered(state, message.turn, at) : state;
    case "listening":
    case "thinking": // The newest turn begins, whatever was in hand before.
      return awaits(state) && message.turn_id !== state.staleId ? inTurn(state, message, at) : state;
    default:
      return awaits(state) && concerns(state, message.turn_id) ? inTurn(state, message, at) : state;
  }
}

/** What stands now: whether it takes over the page, stays, or gives it back. @param {State} state @param {AlertsMessage} message @param {number} at @returns {State} */
function alerted(state, { alerts, disclaimer }, at) {
  const known = { ...state, alerts, disclaimer, staleAt: null };
  const standing = alarms(known);
  if (standing.length && !state.alarm) {
    // Who is read to is read the way out too, and who needs a way without stairs is shown it first. The letters are fitted anyway.
    const preferences = { ...state.preferences, text: DEFAULTS.text, theme: DEFAULTS.theme, lowReach: DEFAULTS.lowReach };
    return { ...wipe(known), preferences, phase: "alarm", alarm: begun(at, preferences.stepFree), touchedAt: at };
  }
  if (standing.length) {
    const before = new Set(alarms(state).map(({ id }) => id));
    const fresh = standing.some(({ id }) => !before.has(id));
    return { ...known, alarm: fresh ? begun(at, state.preferences.stepFree) : state.alarm };
  }
  if (!state.alarm) return { ...known, reading: state.reading && warnings(known).length > 0 };
  const phase = state.connected ? "idle" : "offline";
  return { ...atHome(wipe(known)), phase, touchedAt: at };
}

/** Whether a question is in hand. @param {State} state */
function awaits(state) {
  return listensTo(state) || state.phase === "thinking" || state.phase === "answer";
}

/**
 * @param {State} state
 * @param {Exclude<ServerMessage, {type: "welcome" | "status" | "turn" | "alerts" | "alert_audio" | "reading" | "reading_end" | "preferences"}>} message
 * @param {number} at
 * @returns {State}
 */
function inTurn(state, message, at) {
  switch (message.type) {
    case "listening":
      return { ...state, turnId: message.turn_id };
    case "listening_end":
      return state.phase === "listening" ? { ...state, phase: "thinking", stageAt: at } : state;
    case "caption":
      return listensTo(state) || state.phase === "thinking" ? captioned(state, message) : state;
    case "thinking":
      return { ...state, phase: "thinking", turnId: message.turn_id, turn: null, trouble: null, stageAt: at };
    case "turn_end":
      return ended(state, message.outcome, at);
    case "problem":
      return state.turn ? state : { ...state, phase: "answer", trouble: "failed", touchedAt: at };
    default:
      return state;
  }
}

/** What was heard in the end could be sent again as a text. @param {State} state @param {{text: string, final: boolean}} caption @returns {State} */
function captioned(state, { text, final }) {
  return { ...state, question: text, asking: final && text ? { message: { type: "say", text }, sent: 1 } : state.asking };
}

/** @param {State} state @param {string} outcome @param {number} at @returns {State} */
function ended(state, outcome, at) {
  if (state.turn || state.trouble || outcome === "cancelled") return state;
  return { ...state, phase: "answer", trouble: outcome === "nothing_heard" ? "nothing_heard" : "failed", touchedAt: at };
}

/** @param {State} state @param {Turn} turn @param {number} at @returns {State} */
function answered(state, turn, at) {
  return {
    ...state,
    phase: "answer",
    turnId: turn.id,
    turn,
    asking: null,
    trouble: null,
    question: turn.heard?.text || state.question,
    language: turn.language,
    wished: null,
    touchedAt: at,
  };
}

/** @param {State} state @param {number} at @returns {State} */
function tick(state, at) {
  const over = givenUp(state, at);
  if (over) return over;
  const busy = state.phase === "opening" || state.phase === "listening" || state.phase === "thinking" ? state.phase : null;
  if (busy && state.lostAt === null && at - state.stageAt > LONGEST_MS[busy]) {
    const trouble = busy === "opening" ? "microphone" : "slow";
    return { ...overtake(state), question: state.question, phase: "answer", trouble, touchedAt: at };
  }
  if (helpFor(state, at) === "tiles") return { ...state, help: "tiles" };
  if (!inUse(state)) return state.warnedAt === null ? state : { ...state, warnedAt: null };
  if (busy) return state.lostAt === null ? { ...state, touchedAt: at, warnedAt: null } : state;
  if (state.speaking && state.warnedAt === null) return { ...state, touchedAt: at };
  const quiet = at - state.touchedAt >= (state.idleS - warningS(state)) * 1000;
  return quiet && state.warnedAt === null ? { ...state, warnedAt: at } : state;
}
