import { check, equal, one, press, textOf } from "../../examples/bench.js";

/** @import { Bench, ComponentTests } from "../../examples/bench.js" */

/** @param {Bench} stage @param {import("../../examples/stage.js").Shown} [shown] */
function shown(stage, shown = {}) {
  stage.hear("talk-start", "talk-free", "talk-stop");
  const part = stage.show(shown);
  return { part, button: one(part, "button"), told: () => stage.told.map(([type]) => type) };
}

const LISTENING = { state: { phase: /** @type {const} */ ("listening") } };
const DEAF = { state: { speech: { en: { hear: false, speak: true, captions: false } } } };

/** @type {ComponentTests} */
export const tests = {
  "says what it does, in every phase": (stage) => {
    const { part, button } = shown(stage);
    equal(textOf(button), "Hold or tap, and speak", "ready");
    stage.update(part, LISTENING);
    equal([textOf(button), button.getAttribute("aria-pressed")], ["Tap when you are done", "true"], "listening");
    stage.update(part, DEAF);
    equal([textOf(button), button.getAttribute("aria-disabled")], ["Please touch or type", "true"], "unable");
  },
  "a key tapped starts, and lets the question end by itself": (stage) => {
    const { button, told } = shown(stage);
    check(!press(button, "Enter"), "the browser clicks besides");
    equal(told(), ["talk-start", "talk-free"], "what is told");
  },
  "a key that repeats starts once": (stage) => {
    const { button, told } = shown(stage);
    button.dispatchEvent(new KeyboardEvent("keydown", { key: " ", cancelable: true }));
    button.dispatchEvent(new KeyboardEvent("keydown", { key: " ", repeat: true, cancelable: true }));
    equal(told(), ["talk-start"], "what is told");
  },
  "other keys do nothing": (stage) => {
    const { button, told } = shown(stage);
    press(button, "Tab");
    press(button, "a");
    equal(told(), [], "what is told");
  },
  "a switch or screen reader clicks: start, and once more stop": (stage) => {
    const { part, button, told } = shown(stage);
    button.click();
    stage.update(part, LISTENING);
    button.click();
    equal(told(), ["talk-start", "talk-free", "talk-stop"], "what is told");
  },
  "the click that follows a finger does not count twice": (stage) => {
    const { button, told } = shown(stage);
    button.dispatchEvent(new MouseEvent("click", { detail: 1, bubbles: true }));
    equal(told(), [], "what is told");
  },
  "where it cannot hear it starts nothing, and can be found": (stage) => {
    const { button, told } = shown(stage, DEAF);
    button.click();
    press(button, "Enter");
    equal(told(), [], "what is told");
    check(!(/** @type {HTMLButtonElement} */ (button).disabled), "it is out of reach of the keyboard");
  },
  "shows how loud it is": (stage) => {
    const { part } = shown(stage, { ...LISTENING, level: 0.5 });
    equal(part.style.getPropertyValue("--level"), "0.50", "the level");
  },
  "the same phase stays": (stage) => stage.staysTheSame(shown(stage).part),
};
