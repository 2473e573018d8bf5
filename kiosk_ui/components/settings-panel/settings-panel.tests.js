import { all, check, equal, one, textOf, until } from "../../examples/bench.js";
import { DEFAULTS } from "../../preferences.js";
import { set } from "./settings-panel.examples.js";

/** @import { ComponentTests } from "../../examples/bench.js" */

/** The control with these words. @param {HTMLElement} part @param {string} words */
function control(part, words) {
  const named = all(part, "button, label").find((each) => textOf(each)?.includes(words));
  if (!named) throw new Error(`there is no "${words}"`);
  return named.matches("label") ? one(named, "input") : named;
}

/** @type {ComponentTests} */
export const tests = {
  "every setting shows what is set": (stage) => {
    const part = stage.show(set({ text: "large", theme: "dark", pace: "slow", stepFree: true }));
    equal(all(part, "input:checked").map((input) => /** @type {HTMLInputElement} */ (input).value).sort(), ["dark", "large", "slow"], "what is checked");
    equal(all(part, "[role=switch]").filter((each) => each.getAttribute("aria-checked") === "true").length, 1, "the number of switches that are on");
  },
  "tells each change, and only that": (stage) => {
    stage.hear("prefer");
    const part = stage.show(set());
    for (const value of ["largest", "contrast", "fast"]) one(part, `input[value=${value}]`).click();
    for (const toggle of all(part, "[role=switch]")) toggle.click();
    const told = stage.told.map(([, changes]) => /** @type {object} */ (changes));
    equal(told.slice(0, 3), [{ text: "largest" }, { theme: "contrast" }, { pace: "fast" }], "what is told");
    equal(Object.assign({}, ...told.slice(3)), { captions: true, speech: true, stepFree: true, lowReach: true }, "what the switches tell");
    check(told.slice(3).every((changes) => Object.keys(changes).length === 1), "one tells more than its own");
  },
  "a switch that is on is switched off": (stage) => {
    stage.hear("prefer");
    for (const toggle of all(stage.show(set({ captions: true })), "[role=switch][aria-checked=true]")) toggle.click();
    equal(stage.told, [["prefer", { captions: false }]], "what is told");
  },
  "the volume goes by steps, within its bounds": (stage) => {
    stage.hear("prefer");
    const part = stage.show(set());
    control(part, "Louder").click();
    stage.update(part, set({ volume: 0 }));
    const quieter = control(part, "Quieter");
    equal(quieter.getAttribute("aria-disabled"), "true", "at the least");
    quieter.click();
    equal(stage.told, [["prefer", { volume: 3 }], ["prefer", { volume: 0 }]], "what is told");
  },
  "everything goes back to how it was; a headset that is plugged in is read to": (stage) => {
    stage.hear("prefer");
    const part = stage.show(set({ text: "largest" }));
    one(part, "button.defaults").click();
    stage.update(part, { state: { ...set({ text: "largest", speech: true }).state, headset: true } });
    one(part, "button.defaults").click();
    equal(stage.told, [["prefer", DEFAULTS], ["prefer", { ...DEFAULTS, speech: true }]], "what is told");
  },
  "groups have names, and every control words": (stage) => {
    const part = stage.show(set());
    check(all(part, "fieldset").every((group) => textOf(group.querySelector("legend"))), "a group has no name");
    check(all(part, "button, label").every((each) => textOf(each) || each.getAttribute("aria-label")), "a control has no words");
  },
  "the focus goes to the heading when it opens, and Escape closes it": async (stage) => {
    stage.hear("panel");
    const part = stage.show();
    stage.update(part, set());
    await until(() => document.activeElement === one(part, "h2"), "the focus is elsewhere");
    document.activeElement?.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
    equal(stage.told, [["panel", null]], "what is told");
  },
  "a change leaves the focus and the controls": (stage) => {
    const part = stage.show(set());
    const input = one(part, "input[value=large]");
    input.focus();
    stage.update(part, set({ text: "large" }));
    check(document.activeElement === input, "the focus is gone");
    stage.staysTheSame(part, set({ text: "large" }));
  },
};
