import { all, check, equal, one, textOf } from "../../examples/bench.js";
import { alarmed, dust, fire } from "../../examples/station.js";
import { GAS } from "./alarm-screen.examples.js";

/** @import { ComponentTests } from "../../examples/bench.js" */

const visible = (/** @type {HTMLElement} */ part) => all(part, "button").filter((button) => button.checkVisibility());

/** @type {ComponentTests} */
export const tests = {
  "says what it is, in words, sign and colour": (stage) => {
    const part = stage.show({ state: alarmed(fire()) });
    for (const words of ["DANGER", "Fire in the lower hall.", "Walk, do not run.", "Since 08:02", "Station control", "Exit B"]) check(textOf(part)?.includes(words), `"${words}" is missing`);
    equal(part.dataset.kind, "danger", "the colour's kind");
    check(part.querySelector(".alert-sign.danger"), "no sign");
  },
  "is told once to a screen reader, however often the languages change": (stage) => {
    const part = stage.show({ state: alarmed(fire()) });
    const said = one(part, "[role=alert]");
    const node = said.firstChild;
    stage.update(part, { state: alarmed(fire()), language: "ko" });
    check(said.firstChild === node && said.textContent?.startsWith("Fire in the lower hall"), `"${said.textContent}"`);
    check(textOf(one(part, "h1"))?.includes("지하"), "the screen is not in its turn's language");
  },
  "takes the focus when it comes": (stage) => {
    const part = stage.show();
    check(!part.checkVisibility(), "an alarm without an alarm");
    stage.update(part, { state: alarmed(fire()) });
    check(document.activeElement === part, "the focus is elsewhere");
  },
  "nothing on it closes it": (stage) => {
    stage.hear("panel", "type-end", "start-over", "stay", "reading");
    const part = stage.show({ state: alarmed(fire(), GAS) });
    for (const button of visible(part)) button.click();
    equal(stage.told, [], "what is told");
  },
  "one of two: its number, and the next": (stage) => {
    stage.hear("alarm-next");
    const part = stage.show({ state: alarmed(fire(), GAS) });
    check(textOf(part)?.includes("Alarm 1 of 2"), "no number");
    visible(part).find((button) => button.textContent === "Next alarm")?.click();
    equal(stage.told, [["alarm-next", null]], "what is told");
    stage.update(part, { state: { ...alarmed(fire(), GAS), alarm: { id: "gas-1", stepFree: false, turnFrom: 0 } } });
    check(textOf(part)?.includes("Alarm 2 of 2") && textOf(one(part, "h1"))?.includes("Carbon monoxide"), "the next is not there");
  },
  "a single one has no next; a warning is none": (stage) => {
    const part = stage.show({ state: alarmed(fire(), dust()) });
    check(!visible(part).some((button) => button.textContent === "Next alarm"), "there is a next");
  },
  "says that it is no alarm system, and when it lost its source": (stage) => {
    const part = stage.show({ state: { ...alarmed(fire()), staleAt: 0 } });
    check(textOf(part)?.includes("Not a fire detection"), "no disclaimer");
    check(textOf(part)?.includes("No connection. Last known at 08:02."), "no word of the connection");
  },
  "who reads with the keyboard is heard": (stage) => {
    stage.hear("alarm-read");
    one(stage.show({ state: alarmed(fire()) }), "section[tabindex]").focus();
    equal(stage.told, [["alarm-read", null]], "what is told");
  },
  "fits, or is scrolled; nothing is cut": (stage) => {
    const long = Object.fromEntries(["en", "zh", "ko"].map((language) => [language, "Walk, do not run, and help others. ".repeat(20)]));
    const part = stage.show({ state: alarmed(fire({ instruction: long })) });
    const text = one(part, "section[tabindex]");
    check(text.scrollWidth <= text.clientWidth + 1, "cut sideways");
    check(text.scrollHeight <= text.clientHeight + 1 || getComputedStyle(text).overflowY === "auto", "cut below");
  },
  "the same alarm stays; nothing is left of one that is over": (stage) => {
    const part = stage.show({ state: alarmed(fire()) });
    stage.staysTheSame(part, { state: alarmed(fire()) });
    stage.update(part);
    check(!part.checkVisibility() && one(part, "[role=alert]").textContent === "", "something is left");
  },
};
