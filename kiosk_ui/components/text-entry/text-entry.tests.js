import { all, check, equal, one, press } from "../../examples/bench.js";

/** @import { Bench, ComponentTests } from "../../examples/bench.js" */

/** @param {Bench} stage @param {string} [language] */
function open(stage, language = "en") {
  const part = stage.show({ state: { entry: true, language } });
  const input = /** @type {HTMLInputElement} */ (one(part, "input"));
  const touch = (/** @type {string} */ key) => {
    const found = all(part, "button").find((button) => button.textContent === key || button.getAttribute("aria-label") === key);
    check(found, `there is no key ${key}`);
    found?.click();
  };
  return { part, input, touch };
}

/** @type {ComponentTests} */
export const tests = {
  "closed, it is not there; open, the line has the focus and a name": (stage) => {
    check(!stage.show().checkVisibility(), "it is there");
    const { input } = open(stage);
    check(document.activeElement === input, "the focus is elsewhere");
    check(input.getAttribute("aria-label"), "the line has no name");
  },
  "keys type, erase and make room": (stage) => {
    const { input, touch } = open(stage);
    for (const key of ["l", "i", "f", "x", "Erase", "t", "Space", "3"]) touch(key);
    equal(input.value, "lift 3", "what is typed");
  },
  "Korean letters make syllables, shift holds for one": (stage) => {
    const { part, input, touch } = open(stage, "ko");
    one(part, "[aria-pressed]").click();
    for (const key of ["ㅃ", "ㅏ", "ㅇ"]) touch(key);
    equal(input.value, "빵", "what is typed");
    equal(one(part, "[aria-pressed]").getAttribute("aria-pressed"), "false", "shift");
  },
  "Chinese is offered, and taken by touch or by space": (stage) => {
    const { part, input, touch } = open(stage, "zh");
    for (const key of "chezhan") touch(key);
    const offered = all(part, "[role=group] button").filter((button) => /[一-鿿]/.test(button.textContent ?? "") && button.checkVisibility());
    check(offered.length, "nothing is offered");
    const first = offered[0]?.textContent ?? "";
    offered[0]?.click();
    check(first && input.value.startsWith(first), `"${input.value}" does not begin with "${first}"`);
  },
  "tells the question, without spaces around it; an empty one is none": (stage) => {
    stage.hear("say");
    const { part, input } = open(stage);
    input.value = "  ";
    one(part, "[type=submit]").click();
    input.value = " Where is the lift? ";
    one(part, "[type=submit]").click();
    equal(stage.told, [["say", "Where is the lift?"]], "what is told");
  },
  "closes by its button and by Escape": (stage) => {
    stage.hear("type-end");
    const { part, input } = open(stage);
    one(part, "button.close").click();
    press(input, "Escape");
    equal(stage.told.length, 2, "the number of times it is told");
    check(one(part, "button.close").getAttribute("aria-label"), "the button has no name");
  },
  "nothing of what was typed is left when it closes": (stage) => {
    const { part, input } = open(stage);
    input.value = "something private";
    stage.update(part);
    equal(input.value, "", "the line");
  },
  "no longer than the assistant takes": (stage) => equal(/** @type {HTMLInputElement} */ (one(stage.show(), "input")).maxLength, 500, "the length"),
  "a finger on a key leaves the focus in the line": (stage) => {
    const { part } = open(stage);
    const key = all(part, "button").find((button) => button.textContent === "q");
    check(key?.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true, cancelable: true })) === false, "it takes the focus");
  },
  "while one types nothing is drawn anew": (stage) => {
    const { part, input } = open(stage);
    input.value = "half a";
    stage.staysTheSame(part, { state: { entry: true, language: "en" } });
    equal(input.value, "half a", "the line");
  },
};
