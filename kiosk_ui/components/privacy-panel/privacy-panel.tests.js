import { all, check, equal, one, textOf } from "../../examples/bench.js";

/** @import { ComponentTests } from "../../examples/bench.js" */

const OPEN = { state: { panel: /** @type {const} */ ("privacy") } };

/** @type {ComponentTests} */
export const tests = {
  "says what the assistant says, a line each": (stage) => {
    equal(all(stage.show(OPEN), "li").map(textOf), stage.view({}).state.kiosk.privacy, "the lines");
  },
  "before it has said anything the page's own promise stands": (stage) => {
    const part = stage.show({ state: { ...OPEN.state, kiosk: { ...stage.view({}).state.kiosk, privacy: [] } } });
    equal(all(part, "li").map(textOf), [stage.t("promise")], "the lines");
  },
  "shows what the microphone's light looks like, without calling it on": (stage) => {
    const words = one(stage.show(OPEN), ".lamp-words");
    check(words.querySelector("[aria-hidden=true]") && (textOf(words)?.length ?? 0) > "Microphone on".length, `"${textOf(words)}"`);
  },
  "asks the assistant for the whole": (stage) => {
    stage.hear("suggestion");
    const part = stage.show(OPEN);
    all(part, "button").find((button) => !button.matches(".close"))?.click();
    equal(stage.told.map(([type, tile]) => [type, /** @type {import("../../protocol.js").Suggestion} */ (tile).ask?.intent]), [["suggestion", "privacy_record"]], "what is told");
  },
  "the same words stay": (stage) => stage.staysTheSame(stage.show(OPEN), OPEN),
};
