import { all, check, equal, one, textOf } from "../../examples/bench.js";
import { air, departures, turn } from "../../examples/station.js";
import { answered } from "./conversation-screen.examples.js";

/** @import { ComponentTests } from "../../examples/bench.js" */
/** @import { Card } from "../../protocol.js" */

/** @type {Card} */
const BOARD = { type: "departures", title: "To the airport", departures: departures("en").slice(0, 2) };
const said = (/** @type {HTMLElement} */ part) => all(part, ".answer p").map(textOf);

/** @type {ComponentTests} */
export const tests = {
  "listening: says so, and shows what is heard": (stage) => {
    const part = stage.show({ state: { phase: "listening", question: "When is the" } });
    check(textOf(part)?.includes("Speak now") && textOf(part)?.includes("When is the"), `"${textOf(part)}"`);
  },
  "the microphone is called on only while it is live": (stage) => {
    const part = stage.show({ state: { phase: "listening" }, microphone: false });
    check(!textOf(part)?.includes("Microphone on"), "on before it is live");
    stage.update(part, { state: { phase: "thinking" } });
    check(!textOf(part)?.includes("Microphone on"), "on while thinking");
  },
  "the question, its answer and its card": (stage) => {
    const part = stage.show(answered(stage, BOARD));
    check(textOf(part)?.includes("When is the next train"), "no question");
    equal(said(part), ["The next train to Airport Terminal 2 leaves at 08:13 from platform 1."], "the answer");
    equal(all(part, "departures-board tbody tr").length, 2, "the number of departures");
  },
  "a card of every kind": (stage) => {
    /** @type {Card[]} */
    const cards = [BOARD, air("en"), { type: "choices", title: "Which?", choices: [] }, { type: "text", title: "Title", lines: [] }, { type: "journey", title: "To", journeys: [] },
      { type: "route", title: "Way", goal: "3", metres: null, seconds: 60, step_free: true, steps: [], maps: [] },
      { type: "place", id: "x", name: "Lift", category: "lift", level: null, where: "", hours: null, hours_text: null, open_now: null, step_free: null, metres: null, note: "", others: [] }];
    const replies = cards.map((card) => ({ text: "", speech: "", card }));
    const part = stage.show(answered(stage, null, { turn: turn("en", {}, null, { replies }) }));
    equal(all(part, ".cards > *").map(({ localName }) => localName), ["departures-board", "air-quality", "choices-card", "text-card", "journey-card", "route-card", "place-card"], "the cards");
  },
  "an answer in another language is marked as such": (stage) => {
    const part = stage.show(answered(stage, BOARD, { turn: turn("ko", { ko: "이제 한국어로 말씀하세요." }, BOARD) }));
    equal(one(part, ".answer").lang, "ko", "its language");
  },
  "trouble is told in place of an answer": (stage) => {
    for (const trouble of /** @type {const} */ (["nothing_heard", "failed", "slow", "microphone"])) {
      const part = stage.show({ state: { phase: "answer", trouble } });
      check(said(part).length === 1 && (said(part)[0]?.length ?? 0) > 20 && !all(part, ".cards > *").length, `${trouble}: ${said(part)}`);
    }
  },
  "is announced": (stage) => {
    const live = all(stage.show(answered(stage, BOARD)), "[role=status]");
    check(live.some((region) => region.querySelector("p")), "the answer is in no live region");
  },
  "a voice that speaks is told, and that a touch silences it": (stage) => {
    const part = stage.show(answered(stage, BOARD, { speaking: true }));
    check(textOf(part)?.includes("A computer speaks"), "no word of it");
    stage.update(part, answered(stage, BOARD));
    check(!textOf(part)?.includes("A computer speaks"), "it still says so");
  },
  "a long answer is scrolled by keyboard": (stage) => equal(stage.show(answered(stage, BOARD)).tabIndex, 0, "its place in the order"),
  "the same answer stays, also when the voice begins": (stage) => {
    const part = stage.show(answered(stage, BOARD));
    stage.staysTheSame(part, answered(stage, BOARD));
    const card = one(part, "departures-board");
    stage.update(part, answered(stage, BOARD, { speaking: true }));
    check(one(part, "departures-board") === card, "the card is another");
  },
};
