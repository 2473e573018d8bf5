import { all, check, equal, one } from "../../examples/bench.js";
import { tiles } from "../../examples/station.js";
import { FOREIGN, card } from "./choices-card.examples.js";

/** @import { ComponentTests } from "../../examples/bench.js" */

/** @type {ComponentTests} */
export const tests = {
  "a button each, in a group that is named": (stage) => {
    const part = stage.show({ data: card(stage) });
    equal(all(part, "button").map((button) => button.textContent), ["Next trains", "Trains to the airport", "Where are the toilets?"], "the buttons");
    const group = part.matches("[role=group]") ? part : one(part, "[role=group]");
    equal(group.getAttribute("aria-label"), "Which one do you mean?", "the name of the group");
  },
  "tells the choice": (stage) => {
    stage.hear("suggestion");
    all(stage.show({ data: card(stage) }), "button")[1]?.click();
    equal(stage.told, [["suggestion", tiles("en")[1]]], "what is told");
  },
  "a choice in another language says so to screen readers": (stage) => {
    const [own, other] = all(stage.show({ data: card(stage, [...tiles("en").slice(0, 1), FOREIGN]) }), "button");
    equal([own?.getAttribute("lang"), other?.getAttribute("lang")], [null, "ko"], "the languages");
  },
  "large enough for a finger": (stage) => {
    for (const button of all(stage.show({ data: card(stage) }), "button")) check(button.offsetHeight >= 44 && button.offsetWidth >= 44, "a button is small");
  },
  "the same choices stay": (stage) => stage.staysTheSame(stage.show({ data: card(stage) }), { data: card(stage) }),
};
