/** @import { State } from "./state.js" */

/**
 * What somebody who is there and says nothing is given: a spoken prompt with tiles; as long again, the tiles alone.
 * @typedef {"prompt" | "tiles"} Help
 */

/**
 * What a quiet person is to be given now, if anything.
 * @param {State} state
 * @param {number} at
 * @returns {Help | null}
 */
export function helpFor(state, at) {
  if (!state.quietS || state.help === "tiles" || !waits(state) || at - state.touchedAt < state.quietS * 1000) return null;
  return state.help ? "tiles" : "prompt";
}

/** Whether it is the person's turn. An answer to be read is left standing, with its tiles below it. @param {State} state */
function waits(state) {
  if (!state.visited || state.entry || state.reading || state.speaking || state.warnedAt !== null) return false;
  return state.phase === "idle" || (state.phase === "answer" && (state.trouble !== null || asksBack(state)));
}

/** @param {State} state */
function asksBack(state) {
  return state.turn?.replies.some(({ card }) => card?.type === "choices") ?? false;
}
