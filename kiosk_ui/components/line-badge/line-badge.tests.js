import { check, equal } from "../../examples/bench.js";
import { contrast } from "../../colour.js";
import { lineBadge } from "./line-badge.js";

/** @import { ComponentTests } from "../../examples/bench.js" */
/** @import { Rgb } from "../../colour.js" */

/** @param {string} css */
const rgb = (css) => /** @type {Rgb} */ ((css.match(/\d+/g) ?? []).slice(0, 3).map(Number));

/** @type {ComponentTests} */
export const tests = {
  "shows the line's name": (stage) => equal(stage.place(lineBadge({ line: "IC 5" })).textContent, "IC 5"),
  "a line without a name shows nothing": (stage) => equal(stage.place(lineBadge({ line: null, colour: "C8102E" })).textContent, ""),
  "wears the feed's colours where they can be read": (stage) => {
    const { backgroundColor } = getComputedStyle(stage.place(lineBadge({ line: "A", colour: "7A0010", text_colour: "FFFFFF" })));
    equal(backgroundColor, "rgb(122, 0, 16)");
  },
  "is readable with any colour, and with none": (stage) => {
    for (const colour of ["C8102E", "0072CE", "F7B500", "7A8B99", "777777", "FFFFFF", "000000", "not a colour", null]) {
      const { backgroundColor, color } = getComputedStyle(stage.place(lineBadge({ line: "A", colour, text_colour: "FFFFFF" })));
      check(contrast(rgb(backgroundColor), rgb(color)) >= 6.95, `${colour}: ${color} on ${backgroundColor}`); // Rounding to whole steps costs a little.
    }
  },
};
