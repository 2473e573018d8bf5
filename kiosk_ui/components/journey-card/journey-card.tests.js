import { all, check, equal, one, textOf, until } from "../../examples/bench.js";
import { M, card, changing, journey, leg } from "./journey-card.examples.js";

/** @import { ComponentTests } from "../../examples/bench.js" */

/** @type {ComponentTests} */
export const tests = {
  "the first is open, the others are not, and only one is": async (stage) => {
    const part = stage.show({ data: card(stage, changing(stage), changing(stage)) });
    const rows = /** @type {HTMLDetailsElement[]} */ (all(part, "details"));
    equal(rows.map((row) => row.open), [true, false], "what is open");
    one(rows[1] ?? part, "summary").click();
    await until(() => !rows[0]?.open && rows[1]?.open, "the other is not open, or the first still is");
  },
  "says when, how long and how many changes": (stage) => {
    const said = textOf(one(stage.show({ data: card(stage, changing(stage)) }), "summary")) ?? "";
    for (const words of ["08:06", "08:58", "52 minutes", "1 change", "IC 5", "R 24"]) check(said.includes(words), `"${said}" lacks ${words}`);
    equal(one(stage.frame, "summary [role=img]").getAttribute("aria-label"), "to");
  },
  "a leg each: trains with their platforms, walks with their minutes": (stage) => {
    const legs = all(stage.show({ data: card(stage, changing(stage)) }), "ol > li").map((item) => textOf(item) ?? "");
    equal(legs.length, 3, "the number of legs");
    check(legs[0]?.includes("Platform 2") && legs[0]?.includes("3 stops between"), `"${legs[0]}"`);
    check(legs[1]?.includes("Walk to platform 6") && legs[1]?.includes("4 minutes"), `"${legs[1]}"`);
    check(!legs[2]?.includes("null") && legs[2]?.includes("1 stop between"), `"${legs[2]}"`);
  },
  "past midnight, and over an hour": (stage) => {
    const part = stage.show({ data: card(stage, journey([leg(stage, ["here", null, "24T23:40"], ["lake", null, "25T00:55"], { line: "N 1" })])) });
    const said = textOf(one(part, "summary"));
    check(said?.includes("1 h 15 min") && said.includes("direct"), `"${said}"`);
  },
  "another day is named": (stage) => {
    const part = stage.show({ data: card(stage, journey([leg(stage, ["here", null, "25T18:40"], ["lake", null, "25T18:55"], { line: "N 1" })])) });
    check(textOf(one(part, "summary"))?.includes("Wed"), "no weekday");
  },
  "times of trains without exact ones are about": (stage) => {
    const part = stage.show({ data: card(stage, journey([leg(stage, ["here", null, "24T08:10"], ["lake", null, "24T08:25"], M)])) });
    equal(all(part, "summary time").map(textOf), ["~08:10", "~08:25"], "the times");
    equal(one(part, "summary time").getAttribute("datetime"), "2026-11-24T08:10:00+01:00", "the machine's time");
  },
  "no journeys: one sentence": (stage) => check(textOf(stage.show({ data: card(stage) }))?.includes("No journeys"), "nothing is said"),
  "the same journeys stay, opened as they are": (stage) => {
    const shown = { data: card(stage, changing(stage), changing(stage)) };
    const part = stage.show(shown);
    const second = /** @type {HTMLDetailsElement} */ (all(part, "details")[1]);
    second.open = true;
    stage.staysTheSame(part, shown);
    check(second.open, "it has closed");
  },
};
