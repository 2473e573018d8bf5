import { check, equal, textOf } from "../../examples/bench.js";
import { saying } from "./caption-strip.examples.js";

/** @import { ComponentTests } from "../../examples/bench.js" */

/** @type {ComponentTests} */
export const tests = {
  "shows what is said": (stage) => equal(textOf(stage.show({ state: saying("Platform 3") })), "Platform 3"),
  "nothing is said: nothing is there": (stage) => check(!stage.show({ state: saying("") }).checkVisibility(), "an empty strip"),
  "follows the voice": (stage) => {
    const part = stage.show({ state: saying("Platform 3") });
    stage.update(part, { state: saying("Platform 4") });
    check(textOf(part)?.includes("Platform 4") && !textOf(part)?.includes("Platform 3"), `${textOf(part)}`);
    stage.update(part, { state: saying("") });
    check(!part.checkVisibility(), "it is still there");
  },
  "the same words stay": (stage) => stage.staysTheSame(stage.show({ state: saying("Platform 3") }), { state: saying("Platform 3") }),
};
