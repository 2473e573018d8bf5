import { alarmShown, alarms, warnings } from "../alerts.js";
import { limit, listensTo } from "../state.js";

/** @import { State } from "../state.js" */

/**
 * What of the state is heard as soon as it changes. Pure.
 *
 * @typedef {object} Signature
 * @property {string} screen  another screen: it is read from its first new piece
 * @property {string} aside  something stands beside it: it is said, and one stays where one was
 */

/** @param {State} state @returns {Signature} */
export function signatureOf(state) {
  const { phase, panel, entry, turn, trouble, help, language, reading, warnedAt } = state;
  const shown = alarmShown(state).alert;
  const alarm = state.alarm && [alarms(state).length, shown?.headline, shown?.instruction, shown?.way_out, state.alarm.stepFree];
  const standing = warnings(state).map(({ id, headline }) => [id, headline]);
  return {
    screen: JSON.stringify([phase, panel, entry, turn?.id, trouble, help, language, reading, warnedAt !== null, alarm]),
    aside: JSON.stringify([limit(state), state.notice, standing, state.lostAt !== null]),
  };
}

/** Whether nothing may be said: the microphone is open or about to be, or there is nobody to say it. @param {State} state */
export function silent(state) {
  return listensTo(state) || !state.preferences.speech || state.phase === "offline";
}
