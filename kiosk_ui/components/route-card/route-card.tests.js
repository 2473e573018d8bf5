import { all, check, equal, one, textOf } from "../../examples/bench.js";
import { card } from "./route-card.examples.js";

/** @import { ComponentTests } from "../../examples/bench.js" */

/** @type {ComponentTests} */
export const tests = {
  "says how long, how far and that it is step-free": (stage) => {
    const said = textOf(stage.show({ data: card(stage) })) ?? "";
    for (const words of ["4 minutes on foot", "140 metres", "Step-free"]) check(said.includes(words), `"${words}" is missing`);
  },
  "stairs are named": (stage) => check(textOf(stage.show({ data: card(stage, { step_free: false }) }))?.includes("With stairs"), "no word of them"),
  "a step each, with the level that is reached": (stage) => {
    const steps = all(stage.show({ data: card(stage) }), "ol > li").map((item) => textOf(item) ?? "");
    equal(steps.length, 4, "the number of steps");
    equal(steps.map((step) => step.includes("Platform level")), [false, false, true, false], "where the level is named");
    check(steps[2]?.includes("12 metres"), "the lift has no length");
  },
  "the map has words, and another level another map": (stage) => {
    const part = stage.show({ data: card(stage) });
    const image = /** @type {HTMLImageElement} */ (one(part, "img"));
    check(image.alt.includes("street level"), "the picture has no words");
    const [street, tracks] = all(part, "[role=group] button");
    equal([street, tracks].map((button) => button?.getAttribute("aria-pressed")), ["true", "false"], "what is pressed");
    tracks?.click();
    equal([street, tracks].map((button) => button?.getAttribute("aria-pressed")), ["false", "true"], "what is pressed after a click");
    check(image.alt.includes("Platform 3"), "the picture has the words of another");
    one(part, "details summary").click();
    check(textOf(one(part, "details"))?.includes("Platform 3 is 40 metres"), "the map in words is another");
  },
  "one level: nothing to choose": (stage) => {
    const maps = card(stage)[0]?.maps.slice(0, 1) ?? [];
    equal(all(stage.show({ data: card(stage, { maps }) }), "button").length, 0, "the number of buttons");
  },
  "no map: no picture": (stage) => equal(all(stage.show({ data: card(stage, { maps: [], metres: null }) }), "img").length, 0, "the number of pictures"),
  "the same way stays, with the level that was chosen": (stage) => {
    const part = stage.show({ data: card(stage) });
    all(part, "[role=group] button")[1]?.click();
    stage.staysTheSame(part, { data: card(stage) });
    equal(all(part, "[role=group] button")[1]?.getAttribute("aria-pressed"), "true", "the chosen level");
  },
};
