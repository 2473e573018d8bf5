import { all, check, equal, one, textOf } from "../../examples/bench.js";
import { tiles, turn } from "../../examples/station.js";

/** @import { ComponentTests } from "../../examples/bench.js" */

const labels = (/** @type {HTMLElement} */ part) => all(part, "button").map(textOf);

/** @type {ComponentTests} */
export const tests = {
  "idle: the questions asked most, under a question": (stage) => {
    const part = stage.show();
    equal(labels(part), tiles("en").map(({ label }) => label), "the tiles");
    equal([textOf(one(part, "h2")), part.getAttribute("role"), part.getAttribute("aria-label")], ["What would you like to know?", "region", "What would you like to know?"], "the name");
  },
  "tells the tile": (stage) => {
    stage.hear("suggestion");
    all(stage.show(), "button")[2]?.click();
    equal(stage.told, [["suggestion", tiles("en")[2]]], "what is told");
  },
  "after an answer: what follows from it": (stage) => {
    const part = stage.show({ state: { phase: "answer", turn: turn("en", {}, null) } });
    equal(labels(part), tiles("en").slice(2, 5).map(({ label }) => label), "the tiles");
  },
  "not while one is heard or thought about, not beside a panel, not without tiles": (stage) => {
    for (const state of /** @type {Partial<import("../../state.js").State>[]} */ ([{ phase: "listening" }, { phase: "thinking" }, { panel: "settings" }, { tiles: [] }])) {
      check(!stage.show({ state }).checkVisibility(), JSON.stringify(state));
    }
  },
  "a tile in another language says so": (stage) => {
    const part = stage.show({ state: { tiles: [{ label: "한국어", say: "한국어", ask: null, language: "ko" }] } });
    equal(one(part, "button").lang, "ko", "its language");
  },
  "each with a sign that is hidden from screen readers": (stage) => {
    check(all(stage.show(), "button").every((button) => button.querySelector("svg[aria-hidden=true]")), "a tile has none");
  },
  "a quiet person is given a few": (stage) => {
    const suggestions = tiles("en");
    const part = stage.show({ state: { phase: "answer", help: "tiles", turn: turn("en", {}, null, { suggestions }) } });
    check(labels(part).length > 0 && labels(part).length <= 4, `${labels(part).length} tiles`);
    stage.hear("suggestion");
    all(part, "button")[0]?.click();
    check(suggestions.some((tile) => JSON.stringify(tile) === JSON.stringify(stage.told[0]?.[1])), "a short word tells another question");
  },
  "the same tiles stay": (stage) => stage.staysTheSame(stage.show()),
};
