import { all, check, equal, one, textOf } from "../../examples/bench.js";
import { bare, card } from "./place-card.examples.js";

/** @import { ComponentTests } from "../../examples/bench.js" */

/** @type {ComponentTests} */
export const tests = {
  "says all that is known": (stage) => {
    const said = textOf(stage.show({ data: card(stage) })) ?? "";
    for (const words of ["Toilets in the main hall", "Level 0", "past the ticket office", "2 minutes on foot", "80 metres from here", "Open now", "Step-free", "coin",
      "Also: Toilets at platform 5, Toilets on the upper level"]) check(said.includes(words), `"${words}" is missing`);
  },
  "closed and with steps in words": (stage) => {
    const said = textOf(stage.show({ data: card(stage, { open_now: false, step_free: false }) }));
    check(said?.includes("Closed now") && said.includes("Not step-free"), `"${said}"`);
  },
  "what is not known is not said": (stage) => {
    const part = stage.show({ data: bare(stage) });
    equal(textOf(part), "Toilets in the main hall", "the text");
    equal(all(part, "li, p").length, 0, "the number of empty lines");
  },
  "right here is no way": (stage) => {
    const said = textOf(stage.show({ data: card(stage, { seconds: 0, metres: 1 }) }));
    check(!said?.includes("on foot") && said?.includes("1 metre from here"), `"${said}"`);
  },
  "its name is its heading": (stage) => equal(textOf(one(stage.show({ data: card(stage) }), "h2")), "Toilets in the main hall"),
  "the same place stays": (stage) => stage.staysTheSame(stage.show({ data: card(stage) }), { data: card(stage) }),
};
