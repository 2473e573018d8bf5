import { all, check, equal, one, textOf } from "../../examples/bench.js";

/** @import { ComponentTests } from "../../examples/bench.js" */

const OPEN = { state: { panel: /** @type {const} */ ("languages") } };
const choices = (/** @type {HTMLElement} */ part) => all(part, "[aria-pressed]");

/** @type {ComponentTests} */
export const tests = {
  "every language by its own name, in its own language": (stage) => {
    const buttons = choices(stage.show(OPEN));
    equal(buttons.map(textOf), ["English", "中文", "한국어"], "the names");
    equal(buttons.map((button) => button.lang), ["en-GB", "zh-Hans", "ko"], "their languages");
  },
  "the present one is marked by more than colour": (stage) => {
    const [english, chinese] = choices(stage.show(OPEN));
    equal([english, chinese].map((button) => button?.getAttribute("aria-pressed")), ["true", "false"], "what is pressed");
    check(english?.querySelector("path")?.getAttribute("d") !== chinese?.querySelector("path")?.getAttribute("d"), "the same sign");
  },
  "tells the language, then closes": (stage) => {
    stage.hear("language", "panel");
    choices(stage.show(OPEN))[2]?.click();
    equal(stage.told, [["language", "ko"], ["panel", null]], "what is told");
  },
  "has a heading, and a button that closes it": (stage) => {
    stage.hear("panel");
    const part = stage.show(OPEN);
    check(textOf(one(part, "h2")), "no heading");
    one(part, "button.close").click();
    equal(stage.told, [["panel", null]], "what is told");
  },
  "the same languages stay": (stage) => stage.staysTheSame(stage.show(OPEN), OPEN),
};
