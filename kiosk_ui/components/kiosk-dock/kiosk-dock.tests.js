import { all, check, equal, one, textOf, until } from "../../examples/bench.js";

/** @import { ComponentTests } from "../../examples/bench.js" */

/** @param {HTMLElement} part @param {string} words */
function button(part, words) {
  const found = all(part, "button").find((one) => textOf(one) === words && one.checkVisibility());
  if (!found) throw new Error(`there is no button "${words}"`);
  return found;
}

/** @type {ComponentTests} */
export const tests = {
  "tells what it is touched for": async (stage) => {
    stage.hear("type", "start-over", "panel", "language");
    const part = stage.show({ state: { phase: "answer" } });
    for (const words of ["Type", "Start over", "Help", "中文"]) button(part, words).click();
    await until(() => stage.told.length > 3, "the language is told");
    equal(stage.told, [["type", null], ["start-over", null], ["panel", "help"], ["language", "zh"]], "what is told");
  },
  "opens what is recorded by its promise, and closes it by the same": (stage) => {
    stage.hear("panel");
    const part = stage.show();
    const promise = all(part, "button").find((one) => textOf(one)?.includes("No camera"));
    promise?.click();
    stage.update(part, { state: { panel: "privacy" } });
    equal(promise?.getAttribute("aria-expanded"), "true", "expanded");
    promise?.click();
    equal(stage.told, [["panel", "privacy"], ["panel", null]], "what is told");
  },
  "idle there is nothing to start over": (stage) => {
    const over = all(stage.show(), "button").find((one) => one.textContent === "Start over");
    check(over && /** @type {HTMLButtonElement} */ (over).disabled, "it can be pressed");
  },
  "every button has words, and room for a finger": (stage) => {
    for (const one of all(stage.show({ state: { phase: "answer" } }), "button").filter((each) => each.checkVisibility())) {
      check(textOf(one) || one.getAttribute("aria-label"), "a button without words");
      check(one.offsetHeight >= 44 && one.offsetWidth >= 44, `"${textOf(one)}" is small`);
    }
  },
  "many languages: one button in the present one's name, that opens them": (stage) => {
    stage.hear("panel");
    const part = stage.show({ state: { languages: ["en", "zh", "ko", "de"] } });
    check(!one(part, "language-switch").checkVisibility(), "they stand side by side");
    button(part, "English").click();
    equal(stage.told, [["panel", "languages"]], "what is told");
  },
  "not there while the assistant is not": (stage) => check(!stage.show({ state: { phase: "offline" } }).checkVisibility(), "it is there"),
  "gives the focus back to the button that opens the keyboard": (stage) => {
    const part = stage.show();
    /** @type {any} */ (part).focusType();
    check(document.activeElement === button(part, "Type"), "the focus is elsewhere");
  },
  "the same state stays": (stage) => stage.staysTheSame(stage.show({ state: { phase: "answer" } }), { state: { phase: "answer" } }),
};
