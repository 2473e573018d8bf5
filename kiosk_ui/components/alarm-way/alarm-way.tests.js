import { all, check, equal, one, textOf } from "../../examples/bench.js";
import { shown } from "./alarm-way.examples.js";

/** @import { ComponentTests } from "../../examples/bench.js" */

/** @type {ComponentTests} */
export const tests = {
  "says where, how far, how long, and step by step": (stage) => {
    const part = stage.show(shown());
    for (const words of ["Way out", "Exit B, Quay Street", "120 metres", "2 minutes", "Do not use the lifts."]) check(textOf(part)?.includes(words), `"${words}" is missing`);
    equal(all(part, "ol > li").length, 3, "the number of steps");
  },
  "the other way is asked for, and taken back": (stage) => {
    stage.hear("alarm-way");
    const part = stage.show(shown());
    const button = one(part, "button");
    equal(button.getAttribute("aria-pressed"), "false", "pressed");
    button.click();
    stage.update(part, shown({}, true));
    equal(button.getAttribute("aria-pressed"), "true", "pressed");
    button.click();
    equal(stage.told, [["alarm-way", true], ["alarm-way", false]], "what is told");
  },
  "a refuge is named as one": (stage) => {
    const said = textOf(stage.show(shown({}, true)));
    check(said?.includes("Wait for help here") && said.includes("Refuge") && said.includes("1 minute"), `"${said}"`);
  },
  "a way that is not known to be safe is not called the way out": (stage) => {
    const way = shown().data[0]?.way_out;
    const title = textOf(one(stage.show(shown({ way_out: way ? { ...way, safe: false } : null })), "h2"));
    check(title?.includes("Not known to be safe") && !title.includes("Way out"), `"${title}"`);
  },
  "no way is known: the exit signs and the staff, and nothing to choose": (stage) => {
    const part = stage.show(shown({ way_out: null, way_out_step_free: null }));
    check(textOf(part)?.includes("exit signs"), "no word of them");
    equal(all(part, "button").filter((button) => button.checkVisibility()).length, 0, "the number of buttons");
    check(!textOf(part)?.match(/lifts|null|NaN/), `"${textOf(part)}"`);
  },
  "no way without stairs: says so, and leads to nobody's stairs": (stage) => {
    const part = stage.show(shown({ way_out_step_free: null }, true));
    check(textOf(part)?.includes("no way without stairs") && !textOf(part)?.includes("Exit B"), `"${textOf(part)}"`);
  },
  "whoever may stay is shown no way": (stage) => {
    check(!stage.show(shown({ response: "Shelter", way_out: null, way_out_step_free: null })).checkVisibility(), "it is there");
  },
  "is scrolled by keyboard, under a name": (stage) => {
    const part = stage.show(shown());
    equal([part.tabIndex, part.getAttribute("role"), part.getAttribute("aria-label")], [0, "region", "Way out"], "the region");
  },
  "the same way stays": (stage) => stage.staysTheSame(stage.show(shown()), shown()),
};
