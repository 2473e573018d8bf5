import { all, check, equal, one, textOf, until } from "../../examples/bench.js";
import { air, departures } from "../../examples/station.js";

/** @import { ComponentTests } from "../../examples/bench.js" */

const rows = (/** @type {HTMLElement} */ part) => all(part, "tbody tr").filter((row) => row.checkVisibility());

/** @type {ComponentTests} */
export const tests = {
  "the next departures, and the air in one line": (stage) => {
    const part = stage.show({ state: { board: { departures: departures("en").slice(0, 2), air: air("en") } } });
    equal(textOf(one(part, "departures-board h2")), "Next departures", "the heading");
    equal(rows(part).length, 2, "the number of departures");
    check(textOf(one(part, "air-quality"))?.includes("Good") && !all(part, "dd").length, "the air is not in one line");
  },
  "what is not to be had is not there": (stage) => {
    const part = stage.show({ state: { board: { departures: null, air: null } } });
    check(!one(part, "departures-board").checkVisibility() && !one(part, "air-quality").checkVisibility(), "it is there");
  },
  "whole rows only, more of them where there is room": async (stage) => {
    stage.frame.style.blockSize = "330px";
    const shown = { state: { board: { departures: departures("en"), air: air("en") } } };
    const part = stage.show(shown);
    const bottom = () => one(part, "departures-board").getBoundingClientRect().bottom;
    await until(() => rows(part).length < 6 && rows(part).every((row) => row.getBoundingClientRect().bottom <= bottom() + 1), "a row is cut");
    check(rows(part).length >= 1, "no row is left");
    stage.frame.style.blockSize = "900px";
    await until(() => rows(part).length === 6, "not all rows, where there is room");
  },
  "the same board stays": (stage) => {
    const shown = { state: { board: { departures: departures("en"), air: air("en") } } };
    stage.staysTheSame(stage.show(shown), shown);
  },
};
