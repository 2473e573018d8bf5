import { afterPicture } from "../../dom.js";
import { all, check, equal } from "../../examples/bench.js";

/** @import { ComponentTests } from "../../examples/bench.js" */

/** @type {ComponentTests} */
export const tests = {
  "every language by its own name, in its own language": (stage) => {
    const buttons = all(stage.show(), "button");
    equal(buttons.map((button) => button.textContent), ["English", "中文", "한국어"], "the names");
    equal(buttons.map((button) => button.lang), ["en-GB", "zh-Hans", "ko"], "their languages");
  },
  "the present one is pressed, within a group that is named": (stage) => {
    const part = stage.show({ state: { language: "ko" } });
    equal(all(part, "button").map((button) => button.getAttribute("aria-pressed")), ["false", "false", "true"], "what is pressed");
    check(part.getAttribute("role") === "group" && part.getAttribute("aria-label"), "no group");
  },
  "shows what was chosen, then tells the language": async (stage) => {
    stage.hear("language");
    const part = stage.show();
    all(part, "button")[1]?.click();
    equal(all(part, "button").map((button) => button.getAttribute("aria-pressed")), ["false", "true", "false"], "what is pressed");
    equal(stage.told, [], "what is told before the touch is answered");
    await new Promise((done) => afterPicture(() => done(null)));
    equal(stage.told, [["language", "zh"]], "what is told");
  },
  "the button touched keeps the focus when the language changes": (stage) => {
    const part = stage.show();
    const korean = all(part, "button")[2];
    korean?.focus();
    stage.update(part, { state: { language: "ko" } });
    check(korean && document.activeElement === korean, "the focus is gone");
  },
  "large enough for a finger": (stage) => check(all(stage.show(), "button").every((button) => button.offsetHeight >= 44 && button.offsetWidth >= 44), "a button is small"),
  "the same languages stay": (stage) => stage.staysTheSame(stage.show()),
};
