import { departure, departures } from "../../examples/station.js";

/** @import { Examples, Stage } from "../../examples/stage.js" */
/** @import { DepartureRow } from "../../protocol.js" */

/** @param {Stage} stage @param {DepartureRow[]} rows */
const card = (stage, rows) => [{ title: stage.words({ en: "Next departures", zh: "最近的列车", ko: "다음 열차" }), departures: rows }];

/** @type {Examples} */
export const examples = {
  "one of every kind, as a card": (stage) => stage.show({ data: card(stage, departures(stage.language)), kind: "card" }),
  "as on the idle screen": (stage) => stage.show({ data: card(stage, departures(stage.language).slice(0, 3)) }),
  "with times of arrival": (stage) =>
    stage.show({ data: card(stage, departures(stage.language).slice(0, 2).map((row) => ({ ...row, arrival: "2026-11-24T08:37:00+01:00" }))), kind: "card" }),
  "one, with long names": (stage) =>
    stage.show({ data: card(stage, [departure(stage.language, "long", { line: "Night Bus N 123", trip_name: "ICN 15 123", onward: "R 21", platform: "11 A–C" })]), kind: "card" }),
  "none": (stage) => stage.show({ data: card(stage, []), kind: "card" }),
};
