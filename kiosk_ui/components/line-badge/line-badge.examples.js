import { lineBadge } from "./line-badge.js";

/** @import { Examples } from "../../examples/stage.js" */

/** @type {Examples} */
export const examples = {
  "the feed's colours": (stage) => stage.place(lineBadge({ line: "IC 5", colour: "C8102E", text_colour: "FFFFFF" })),
  "a colour that is hard to read": (stage) => stage.place(lineBadge({ line: "R 24", colour: "7A8B99", text_colour: "FFFFFF" })),
  "a light colour": (stage) => stage.place(lineBadge({ line: "A", colour: "F7B500", text_colour: "000000" })),
  "no colour": (stage) => stage.place(lineBadge({ line: "M 3" })),
  "a long name": (stage) => stage.place(lineBadge({ line: "Night Bus N 123", colour: "00843D", text_colour: "FFFFFF" })),
};
export const frame = { width: 480 };
