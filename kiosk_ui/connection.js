/**
 * The connection to the assistant comes and goes: what the page keeps meanwhile. Pure.
 *
 * @import { Question, State } from "./state.js"
 * @import { Welcome } from "./protocol.js"
 */

import { inUse, listensTo, overtake, wipe } from "./visit.js";

/** So long a visit waits for the connection to come back. The assistant keeps its conversation a little longer. */
export const WAITS_MS = 15_000;

/** A question is sent at most so often: once more after the connection was lost while it was thought about. */
const SENT_MOST = 2;

/** A question that was asked is remembered until it is answered. @param {State} state @param {Question | undefined} message @returns {State["asking"]} */
export function askingOf(state, message) {
  return message ? { message, sent: state.connected ? 1 : 0 } : null;
}

/**
 * An alarm that is known stays. A visit waits for the connection with all that it shows; a question that was being spoken is
 * gone, and the person is told. Where nobody is, nothing is kept.
 * @param {State} state @param {number} at @returns {State}
 */
export function lost(state, at) {
  const unsure = { ...state, connected: false, staleAt: state.staleAt ?? at };
  if (state.alarm || state.lostAt !== null) return unsure;
  if (!inUse(state)) return { ...wipe(unsure), phase: "offline" };
  const waiting = { ...unsure, lostAt: at, speaking: false };
  const gone = listensTo(state) || (state.phase === "thinking" && (state.asking?.sent ?? SENT_MOST) >= SENT_MOST);
  return gone ? { ...overtake(waiting), phase: "answer", trouble: "lost", touchedAt: at } : waiting;
}

/** The connection did not come back in time, and nobody has touched the page for as long: everything is wiped. @param {State} state @param {number} at @returns {State | null} null: it is waited for */
export function givenUp(state, at) {
  if (state.lostAt === null || at - Math.max(state.lostAt, state.touchedAt) < WAITS_MS) return null;
  return { ...wipe(state), phase: "offline", language: state.languages[0] ?? state.language, wished: null };
}

/** @param {State} state @param {Welcome} welcome @param {number} at @returns {State} */
export function welcomed(state, welcome, at) {
  const { keypad, headset, screen, help, privacy } = welcome;
  return {
    ...returned(state, at),
    phase: state.phase === "offline" ? "idle" : state.phase,
    connected: true,
    lostAt: null,
    conversationId: welcome.conversation_id,
    kiosk: { keypad, headset, screen, help, privacy },
    language: state.alarm || state.lostAt !== null ? state.language : (state.wished ?? welcome.language),
    wished: state.wished === welcome.language ? null : state.wished,
    languages: welcome.languages,
    station: welcome.station,
    clock: { iso: welcome.now, at },
    idleS: welcome.idle_s,
    quietS: welcome.quiet_s,
    tiles: welcome.suggestions,
    tilesLanguage: welcome.language,
    notice: welcome.notice,
    speech: welcome.speech,
  };
}

/** A visit that has waited goes on, with its time anew; a question in hand is asked again. @param {State} state @param {number} at @returns {State} */
function returned(state, at) {
  if (state.phase === "offline") return { ...state, touchedAt: at };
  if (state.lostAt === null) return state;
  const back = { ...state, touchedAt: at, warnedAt: null };
  if (state.phase !== "thinking" || !state.asking) return back;
  const asking = { ...state.asking, sent: state.asking.sent + 1 };
  return { ...back, asking, stageAt: at, turnId: null, staleId: state.turnId ?? state.staleId };
}
