import { NAMES } from "../../examples/station.js";

/** @import { Examples, Stage } from "../../examples/stage.js" */
/** @import { JourneyCard, JourneyRow, LegRow } from "../../protocol.js" */

const IC = { line: "IC 5", colour: "C8102E", text_colour: "FFFFFF", mode: "rail", trip_name: "IC 512", trip: "ic5" };
const R = { line: "R 24", colour: "7A8B99", text_colour: "FFFFFF", mode: "rail", trip_name: null, trip: "r24" };
/** A line without a colour and without exact times. */
export const M = { line: "M 3", colour: null, text_colour: null, mode: "metro", trip_name: null, trip: "m3", headway_s: 480 };
const NONE = { line: null, headsign: null, trip: null, trip_name: null, stops: 0, colour: null, text_colour: null, mode: null };

/**
 * A leg from one place and platform to another, between two times of the day.
 * @param {Stage} stage
 * @param {[keyof typeof NAMES, string | null, string]} from
 * @param {[keyof typeof NAMES, string | null, string]} to
 * @param {Partial<LegRow>} [ride]  none: it is a walk
 * @returns {LegRow}
 */
export function leg(stage, [start, startPlatform, leaves], [goal, goalPlatform, arrives], ride) {
  const name = (/** @type {keyof typeof NAMES} */ key) => stage.words(NAMES[key] ?? {});
  return {
    ...NONE, kind: ride ? "ride" : "walk", start: name(start), goal: name(goal), start_platform: startPlatform, goal_platform: goalPlatform,
    departure: `2026-11-${leaves}:00+01:00`, arrival: `2026-11-${arrives}:00+01:00`, ...(ride ? { headsign: name(goal), ...ride } : {}),
  };
}

/** @param {LegRow[]} legs @returns {JourneyRow} */
export function journey(legs) {
  const rides = legs.filter(({ kind }) => kind === "ride").length;
  return { departure: legs[0]?.departure ?? "", arrival: legs.at(-1)?.arrival ?? "", changes: Math.max(0, rides - 1), legs };
}

/** With a change and a walk. @param {Stage} stage */
export const changing = (stage) => journey([
  leg(stage, ["here", "2", "24T08:06"], ["mill", "1", "24T08:27"], { stops: 3, ...IC }),
  leg(stage, ["mill", "1", "24T08:27"], ["mill", "6", "24T08:31"]),
  leg(stage, ["mill", "6", "24T08:35"], ["quay", null, "24T08:58"], { stops: 1, ...R }),
]);

/** @param {Stage} stage @param {JourneyRow[]} journeys @returns {JourneyCard[]} */
export const card = (stage, ...journeys) => [{ type: "journey", title: stage.words({ en: "To Old Quay", zh: "前往旧港", ko: "올드하버까지" }), journeys }];

/** @type {Examples} */
export const examples = {
  "with a change, direct, tomorrow": (stage) => stage.show({ data: card(stage, changing(stage),
    journey([leg(stage, ["here", "5", "24T09:06"], ["quay", "1", "24T09:48"], R)]),
    journey([leg(stage, ["here", "2", "25T08:06"], ["quay", "1", "25T09:58"], { stops: 14, ...IC })])) }),
  "without exact times": (stage) => stage.show({ data: card(stage, journey([leg(stage, ["here", null, "24T08:10"], ["lake", null, "24T08:25"], M)])) }),
  "long names": (stage) => stage.show({ data: card(stage, journey([leg(stage, ["long", "11 A–C", "24T08:10"], ["long", "11 A–C", "24T12:25"], { stops: 31, ...IC })])) }),
  "none": (stage) => stage.show({ data: card(stage) }),
};
