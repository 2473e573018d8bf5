import { check, equal, one, textOf } from "../../examples/bench.js";

/** @import { ComponentTests } from "../../examples/bench.js" */

/** @type {ComponentTests} */
export const tests = {
  "says that it will be back, and where help is until then": (stage) => {
    const part = stage.show({ state: { phase: "offline" } });
    equal(textOf(one(part, "h2")), "I will be right back.", "the heading");
    for (const words of ["departure boards", "ask the staff", "In an emergency"]) check(textOf(part)?.includes(words), `"${words}" is missing`);
  },
  "names the emergency number where it is known, and no empty one": (stage) => {
    const { kiosk } = stage.view({}).state;
    check(textOf(stage.show())?.includes("112"), "the number is missing");
    const said = textOf(stage.show({ state: { kiosk: { ...kiosk, help: { emergency: null, staff: null, where: [] } } } }));
    check(!said?.match(/112|null|undefined/), `"${said}"`);
  },
  "says what to do in an emergency in every other language too": (stage) => {
    const part = stage.show({ state: { phase: "offline" } });
    equal([...part.querySelectorAll(".other")].map((other) => /** @type {HTMLElement} */ (other).lang).join(" "), "zh-Hans ko", "the languages");
    check(textOf(part)?.includes("긴급"), "no Korean");
  },
  "the same words stay; another language is drawn": (stage) => {
    const part = stage.show();
    stage.staysTheSame(part);
    stage.update(part, { state: { language: "ko" } });
    check(!textOf(part)?.includes("right back"), "it is still English");
  },
};
