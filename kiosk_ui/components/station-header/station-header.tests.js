import { all, check, equal, one, textOf } from "../../examples/bench.js";

/** @import { ComponentTests } from "../../examples/bench.js" */

/** @type {ComponentTests} */
export const tests = {
  "the station, its date and its time": (stage) => {
    const part = stage.show();
    equal(textOf(one(part, "h1")), "Quay Central", "the heading");
    check(textOf(part)?.includes("Tuesday") && textOf(part)?.includes("24 November"), "no date");
    equal(textOf(one(part, ".clock")), "08:02", "the clock");
  },
  "the clock goes on from what the assistant said, past midnight": (stage) => {
    const clock = { iso: "2026-11-24T23:59:30+01:00", at: 1000 };
    const part = stage.show({ state: { clock }, at: 1000 });
    equal(textOf(one(part, ".clock")), "23:59", "before");
    stage.update(part, { state: { clock }, at: 31_000 });
    equal(textOf(one(part, ".clock")), "00:00", "after");
    check(textOf(part)?.includes("Wednesday"), "it is still the day before");
  },
  "the light is on exactly while the microphone is": (stage) => {
    const part = stage.show({ state: { phase: "listening" } });
    check(!textOf(part)?.includes("Microphone on"), "on before it is live");
    stage.update(part, { microphone: true });
    check(textOf(part)?.includes("Microphone on"), "off while it is live");
    stage.update(part);
    check(!textOf(part)?.includes("Microphone on"), "on after its end");
  },
  "what does not work is told, the most important alone": (stage) => {
    const part = stage.show({ state: { components: { dialogue: "down" }, speech: {} } });
    equal(all(part, "[role=status] p").map(textOf), ["For the moment I can only answer what you touch. Talking and typing will be back."], "what is told");
  },
  "a notice of the station stands beside it": (stage) => {
    const part = stage.show({ state: { notice: "Lift out of order.", speech: {} } });
    equal(all(part, "[role=status] p").length, 2, "the number of sentences");
  },
  "notices of the station stand there while nobody does": (stage) => {
    const notices = ["Platform 2 works.", "The ticket office is closed."];
    equal(all(stage.show({ state: { phase: "idle", notices } }), "[role=status] p").map(textOf), notices, "while idle");
    equal(all(stage.show({ state: { phase: "answer", notices } }), "[role=status] p").length, 0, "beside an answer");
  },
  "all works: no sentence": (stage) => equal(all(stage.show(), "[role=status] p").length, 0, "the number of sentences"),
  "no station and no clock yet: the page's own title": (stage) => {
    const part = stage.show({ state: { station: "", clock: null } });
    equal([textOf(one(part, "h1")), textOf(one(part, ".clock"))], ["Station assistant", ""], "the title and the clock");
  },
  "within a minute nothing is drawn": (stage) => {
    const part = stage.show();
    const nodes = all(part, "*");
    const text = one(part, ".clock").firstChild;
    stage.update(part, { at: 20_000 });
    check(one(part, ".clock").firstChild === text && all(part, "*").every((node, at) => node === nodes[at]), "it draws");
  },
};
