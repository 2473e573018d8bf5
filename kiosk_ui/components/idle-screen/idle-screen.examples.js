import { air, departures } from "../../examples/station.js";

/** @import { Examples } from "../../examples/stage.js" */

/** @type {Examples} */
export const examples = {
  "departures and air": (stage) => stage.show({ state: { board: { departures: departures(stage.language), air: air(stage.language) } } }),
  "no sensor": (stage) => stage.show({ state: { board: { departures: departures(stage.language).slice(0, 2), air: null } } }),
  "no departures": (stage) => stage.show({ state: { board: { departures: [], air: air(stage.language) } } }),
  "no board": (stage) => stage.show({ state: { board: { departures: null, air: air(stage.language) } } }),
};
export const frame = { height: 520 };
