/**
 * A visit: how it is told that there is one, and how nothing is left of it. Pure.
 *
 * @import { State } from "./state.js"
 */

import { DEFAULTS, changed } from "./preferences.js";

/** Whether a conversation is to be wiped before the next person comes. @param {State} state */
export function inUse(state) {
  if (state.phase === "offline" || state.phase === "alarm") return false;
  const set = changed({ ...state.preferences, speech: state.preferences.speech && !state.headset }); // A plug that was left in is nobody.
  return state.phase !== "idle" || state.entry || state.panel !== null || state.reading || set || state.language !== state.languages[0];
}

/** Whether the microphone is open or about to be. @param {State} state */
export function listensTo(state) {
  return state.phase === "opening" || state.phase === "listening";
}

/** A sign of a person. @param {State} state @param {number} at @returns {State} */
export function present(state, at) {
  return { ...state, touchedAt: at, warnedAt: null, visited: state.phase !== "offline" };
}

/** A new question begins; what still comes of the old one is dropped. @param {State} state @returns {State} */
export function overtake(state) {
  const staleId = state.turnId ?? state.staleId;
  return { ...state, turnId: null, staleId, question: "", asking: null, turn: null, trouble: null, speaking: false, said: "" };
}

/** Nothing of the conversation is left. @param {State} state @returns {State} */
export function wipe(state) {
  const preferences = { ...DEFAULTS, speech: state.headset };
  return { ...overtake(state), entry: false, panel: null, preferences, warnedAt: null, visited: false, help: null, alarm: null, reading: false, lostAt: null };
}
