import { check, equal, one, textOf } from "../../examples/bench.js";
import { WARNED } from "./idle-warning.examples.js";

/** @import { ComponentTests } from "../../examples/bench.js" */

const dialog = (/** @type {HTMLElement} */ part) => /** @type {HTMLDialogElement} */ (one(part, "dialog"));

/** @type {ComponentTests} */
export const tests = {
  "not there before its time": (stage) => check(!dialog(stage.show()).open, "it is open"),
  "a dialog with a name, its only button at hand": (stage) => {
    const open = dialog(stage.show(WARNED));
    check(open.matches(":modal"), "not modal");
    equal(textOf(document.getElementById(open.getAttribute("aria-labelledby") ?? "")), "Are you still there?", "its name");
    check(document.activeElement === one(open, "button"), "the button has no focus");
  },
  "counts down, one second in the singular": (stage) => {
    const part = stage.show(WARNED);
    check(textOf(part)?.includes("20 seconds"), `"${textOf(part)}"`);
    stage.update(part, { ...WARNED, at: 19_001 });
    check(textOf(part)?.includes("1 second."), `"${textOf(part)}"`);
    stage.update(part, { ...WARNED, at: 60_000 });
    check(textOf(part)?.includes("0 seconds"), `"${textOf(part)}"`);
  },
  "goes when somebody is there, and comes again": (stage) => {
    const part = stage.show(WARNED);
    stage.update(part);
    check(!dialog(part).open, "it is still there");
    stage.update(part, WARNED);
    check(dialog(part).open, "it does not come again");
  },
  "counting leaves the focus where it is": (stage) => {
    const part = stage.show(WARNED);
    const button = one(part, "button");
    stage.update(part, { ...WARNED, at: 5_000 });
    check(document.activeElement === button, "the focus is gone");
  },
};
