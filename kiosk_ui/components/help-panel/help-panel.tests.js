import { all, check, equal, one, textOf } from "../../examples/bench.js";
import { NOBODY } from "./help-panel.examples.js";

/** @import { ComponentTests } from "../../examples/bench.js" */
/** @import { Suggestion } from "../../protocol.js" */

const OPEN = { state: { panel: /** @type {const} */ ("help") } };

/** @type {ComponentTests} */
export const tests = {
  "the numbers, and where staff are": (stage) => {
    const said = textOf(stage.show(OPEN));
    for (const words of ["112", "+41 44 000 00 00", "At the ticket office"]) check(said?.includes(words), `"${words}" is missing`);
  },
  "no number is made up": (stage) => {
    const said = textOf(stage.show({ state: { ...OPEN.state, kiosk: { ...stage.view({}).state.kiosk, help: NOBODY } } }));
    check(!said?.match(/\d|null|undefined/), `"${said}"`);
  },
  "calls staff, and asks where they are": (stage) => {
    stage.hear("suggestion");
    for (const button of all(stage.show(OPEN), "button:not(.close)")) button.click();
    equal(stage.told.map(([, tile]) => /** @type {Suggestion} */ (tile).ask?.intent), ["staff_help_call", "staff_help_request"], "what is asked");
  },
  "has a heading, and a button that closes it": (stage) => {
    stage.hear("panel");
    const part = stage.show(OPEN);
    check(textOf(one(part, "h2")), "no heading");
    one(part, "button.close").click();
    equal(stage.told, [["panel", null]], "what is told");
  },
  "the same words stay": (stage) => stage.staysTheSame(stage.show(OPEN), OPEN),
};
