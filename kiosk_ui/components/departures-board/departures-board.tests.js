import { all, check, equal, one, textOf } from "../../examples/bench.js";
import { departure, departures } from "../../examples/station.js";

/** @import { ComponentTests } from "../../examples/bench.js" */
/** @import { DepartureRow } from "../../protocol.js" */

/** @param {...DepartureRow} rows */
const card = (...rows) => ({ data: [{ title: "Next departures", departures: rows }], kind: "card" });

/** What stands in a column, by its place. @param {HTMLElement} part @param {number} column */
const column = (part, column) => all(part, `tbody td:nth-child(${column})`).map(textOf);

/** @type {ComponentTests} */
export const tests = {
  "a row each, under named columns": (stage) => {
    const board = stage.show(card(...departures("en")));
    equal(all(board, "th").length, 5, "the number of columns");
    check(all(board, "th").every((head) => head.getAttribute("scope") === "col" && head.textContent), "a column has no name");
    equal(one(board, "table").getAttribute("aria-label"), "Next departures");
    equal(column(board, 2), ["IC 5", "R 21", "A", "M 3", "R 24", "IC 8"], "the lines");
  },
  "a late train shows both times, the old one struck through": (stage) => {
    const board = stage.show(card(departure("en", "lake", { status: "delayed", expected: "2026-11-24T08:15:00+01:00" })));
    equal(textOf(board.querySelector("s")), "08:06", "what is struck through");
    check(column(board, 5)[0]?.includes("08:15"), "the new time is not there");
  },
  "cancelled is said in words": (stage) => {
    check(column(stage.show(card(departure("en", "lake", { status: "cancelled" }))), 5)[0]?.includes("Cancelled"), "no word of it");
  },
  "a platform that has changed shows the old one, and says so": (stage) => {
    const board = stage.show(card(departure("en", "lake", { platform: "5", scheduled_platform: "4" })));
    equal([textOf(one(board, "td.platform s")), textOf(one(board, "td.platform .moved"))], ["4", "5"], "the platforms");
    check(column(board, 5)[0]?.includes("New platform"), "no word of it");
  },
  "a platform that is not known has a name for who hears it": (stage) => {
    const board = stage.show(card(departure("en", "lake", { platform: null })));
    equal(one(board, "[role=img]").getAttribute("aria-label"), "not yet known");
  },
  "trains without exact times show how often they go": (stage) => {
    const board = stage.show(card(departure("en", "mill", { headway_s: 480 }), departure("en", "mill", { headway_s: 20 })));
    equal(column(board, 1), ["every 8 min", "every minute"], "the times");
  },
  "after midnight the weekday is named, at 00:10 of tonight it is not": (stage) => {
    const rows = [departure("en", "lake", { scheduled: "2026-11-26T00:10:00+01:00" }), departure("en", "lake", { scheduled: "2026-11-25T00:10:00+01:00" })];
    const board = stage.show({ ...card(...rows), state: { clock: { iso: "2026-11-24T23:50:00+01:00", at: 0 } } });
    equal(column(board, 1), ["Thu 00:10", "00:10"], "the times");
  },
  "no departures: one sentence": (stage) => {
    check(textOf(stage.show(card()))?.includes("No departures"), "nothing is said");
  },
  "a long name stays inside": (stage) => {
    const board = stage.show(card(departure("en", "long", { line: "Night Bus N 123" })));
    check(board.scrollWidth <= board.clientWidth + 1, "the board is cut sideways");
  },
  "the same departures stay, the next minute and another language are drawn": (stage) => {
    const shown = card(...departures("en"));
    const board = stage.show(shown);
    stage.staysTheSame(board, shown);
    stage.update(board, { ...shown, state: { language: "ko" } });
    check(!column(board, 5)[4]?.includes("Cancelled"), "it is still English");
  },
};
