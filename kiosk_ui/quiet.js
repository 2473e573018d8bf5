/**
 * What to do for somebody who is there and says nothing. Pure.
 *
 * @import { Ask, Suggestion } from "./protocol.js"
 * @import { State } from "./state.js"
 */

/** So many tiles are left in the end. */
const FEW = 4;

/** Questions that two or three words tell, by intent; places by category. */
const SHORT = /** @type {Record<string, string>} */ ({
  timetable_next_departures: "trains", air_quality_now: "air", staff_help_request: "staff", privacy_record: "privacy", robot_capabilities: "able",
});
const SHORT_PLACES = /** @type {Record<string, string>} */ ({
  toilet: "toilets", accessible_toilet: "toilets", exit: "exit", ticket_office: "tickets", ticket_machine: "tickets", lift: "lift", luggage: "luggage",
});

/**
 * What somebody who is there and says nothing is given: a spoken prompt with tiles; as long again, fewer and shorter tiles alone.
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

/** Whether it is the person's turn. An answer to be read is left standing, with its tiles below it; who is read to is never moved elsewhere. @param {State} state */
function waits(state) {
  if (!state.visited || !state.connected || state.preferences.speech || state.entry || state.reading || state.speaking || state.warnedAt !== null) return false;
  return state.phase === "idle" || (state.phase === "answer" && (state.trouble !== null || asksBack(state)));
}

/** @param {State} state */
function asksBack(state) {
  return state.turn?.replies.some(({ card }) => card?.type === "choices") ?? false;
}

/** The word for a question that needs no sentence: the end of a key of the words; null where only its own label tells it. @param {Ask | null} ask */
export function shortOf(ask) {
  const slots = Object.entries(ask?.slots ?? {});
  if (!ask || slots.length > 1) return null;
  if (!slots.length) return SHORT[ask.intent] ?? null;
  const [name, value] = slots[0] ?? ["", ""];
  return ask.intent === "facilities_find" && name === "place" ? (SHORT_PLACES[value.replace("category:", "")] ?? null) : null;
}

/** The few that are left: those first that a short word tells, each word once; in their own order. @param {Suggestion[]} tiles */
export function fewOf(tiles) {
  const words = tiles.map(({ ask }) => shortOf(ask));
  const short = tiles.filter((_, at) => words[at] && words.indexOf(words[at] ?? null) === at);
  const kept = [...short, ...tiles.filter((_, at) => !words[at])].slice(0, FEW);
  return tiles.filter((tile) => kept.includes(tile));
}
