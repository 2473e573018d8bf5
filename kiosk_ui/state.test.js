import assert from "node:assert/strict";
import { test } from "node:test";

import { concerns, expired, initial, inUse, limit, reduce, secondsLeft, tilesOf } from "./state.js";

const SPEECH = { en: { hear: true, speak: true, captions: true }, ko: { hear: true, speak: false, captions: false } };
const WELCOME = {
  type: "welcome", conversation_id: "c", language: "en", languages: ["en", "ko"], station: "Old Quay", kiosk: "k",
  now: "2026-11-24T08:00:00+01:00", idle_s: 60, speech: SPEECH, suggestions: [{ label: "Toilets", say: "Toilets", ask: null }], notice: null,
};

const turn = (id, more = {}) => ({
  type: "turn",
  turn: { id, conversation_id: "c", language: "en", heard: null, replies: [{ text: id, speech: id, card: null }], suggestions: [], ...more },
});
const server = (message) => ({ type: "server", message });

/** Runs events through the state, one second apart from `from` on. */
function run(state, events, from = 1000) {
  return events.reduce((before, event, i) => reduce(before, { at: from + i * 1000, ...event }), state);
}

const idle = () => run(initial("en"), [server(WELCOME)]);
const asked = (id) => [{ type: "asked", question: id }, server({ type: "thinking", turn_id: id })];

test("a welcome opens the page", () => {
  const state = idle();
  assert.equal(state.phase, "idle");
  assert.equal(state.tiles.length, 1);
  assert.equal(inUse(state), false);
});

test("nothing but a welcome leads out of offline", () => {
  const state = run(initial("en"), [{ type: "talk" }, { type: "asked", question: "x" }, { type: "entry", open: true }, ...[turn("1")].map(server)]);
  assert.equal(state.phase, "offline");
  assert.equal(state.turn, null);
});

test("a spoken question goes from opening to its answer, captions on the way", () => {
  let state = run(idle(), [{ type: "talk" }]);
  assert.equal(state.phase, "opening");
  state = run(state, [{ type: "live" }, server({ type: "listening", turn_id: "1" }), server({ type: "caption", turn_id: "1", text: "next tr", final: false })]);
  assert.equal(state.phase, "listening");
  assert.equal(state.question, "next tr");
  state = run(state, [{ type: "released" }]);
  assert.equal(state.phase, "thinking");
  const heard = { text: "next train", confidence: 1, engine: "scripted" };
  state = run(state, [server({ type: "thinking", turn_id: "1" }), server(turn("1", { heard })), server({ type: "turn_end", turn_id: "1", outcome: "answered" })]);
  assert.equal(state.phase, "answer");
  assert.equal(state.question, "next train");
  assert.equal(state.trouble, null);
});

test("the previous answer is never given to a new question", () => {
  const state = run(idle(), [...asked("1"), ...asked("2"), server(turn("1"))]);
  assert.equal(state.phase, "thinking");
  assert.equal(state.turn, null);
  assert.equal(run(state, [server(turn("2"))]).turn?.id, "2");
});

test("what is left of an overtaken turn changes nothing", () => {
  const before = run(idle(), [...asked("1"), { type: "asked", question: "2" }]);
  for (const late of [turn("1"), { type: "caption", turn_id: "1", text: "old", final: true }, { type: "turn_end", turn_id: "1", outcome: "failed" }, { type: "thinking", turn_id: "1" }]) {
    assert.deepEqual(run(before, [server(late)]), before);
  }
  assert.equal(concerns(before, "1"), false);
});

test("an answer that follows on the heels of a question whose thinking came late is replaced by the right one", () => {
  const state = run(idle(), [{ type: "asked", question: "1" }, { type: "asked", question: "2" }, server({ type: "thinking", turn_id: "1" }), server({ type: "turn_end", turn_id: "1", outcome: "cancelled" }), server({ type: "thinking", turn_id: "2" }), server(turn("2"))]);
  assert.equal(state.turn?.id, "2");
});

test("silence, failures and problems are told, and never hide an answer", () => {
  const listening = run(idle(), [{ type: "talk" }, { type: "live" }, server({ type: "listening", turn_id: "1" }), { type: "released" }]);
  assert.equal(run(listening, [server({ type: "turn_end", turn_id: "1", outcome: "nothing_heard" })]).trouble, "nothing_heard");
  const problem = { type: "problem", turn_id: "1", problem: { title: "", status: 503, code: "unavailable", detail: "" } };
  const failed = run(idle(), [...asked("1"), server(problem), server({ type: "turn_end", turn_id: "1", outcome: "failed" })]);
  assert.equal(failed.phase, "answer");
  assert.equal(failed.trouble, "failed");
  const answered = run(idle(), [...asked("1"), server(turn("1")), server(problem), server({ type: "turn_end", turn_id: "1", outcome: "failed" })]);
  assert.equal(answered.trouble, null);
  assert.equal(answered.turn?.id, "1");
});

test("a worker that is down while listening ends the listening", () => {
  const listening = run(idle(), [{ type: "talk" }, { type: "live" }]);
  const problem = { type: "problem", turn_id: "1", problem: { title: "", status: 503, code: "unavailable", detail: "" } };
  assert.equal(run(listening, [server(problem)]).phase, "answer");
});

test("a refused microphone is told", () => {
  const state = run(idle(), [{ type: "talk" }, { type: "microphone-failed" }]);
  assert.equal(state.phase, "answer");
  assert.equal(state.trouble, "microphone");
});

test("an answer that does not come is given up, and dropped when it comes after all", () => {
  const waiting = run(idle(), asked("1"));
  const state = reduce(waiting, { type: "tick", at: waiting.stageAt + 12_001 });
  assert.equal(state.trouble, "slow");
  assert.equal(run(state, [server(turn("1"))]).trouble, "slow");
});

test("a microphone that never opens, or a question that never ends, is given up", () => {
  const opening = run(idle(), [{ type: "talk" }]);
  assert.equal(reduce(opening, { type: "tick", at: opening.stageAt + 10_001 }).trouble, "microphone");
  const listening = run(opening, [{ type: "live" }]);
  assert.equal(reduce(listening, { type: "tick", at: listening.stageAt + 59_000 }).phase, "listening");
  assert.equal(reduce(listening, { type: "tick", at: listening.stageAt + 60_001 }).phase, "answer");
});

test("an answer in another language takes the page with it", () => {
  assert.equal(run(idle(), [...asked("1"), server(turn("1", { language: "ko" }))]).language, "ko");
});

test("a person is warned twenty seconds before the wipe, and any touch takes the warning away", () => {
  const answered = run(idle(), [...asked("1"), server(turn("1"))]);
  const since = answered.touchedAt;
  assert.equal(reduce(answered, { type: "tick", at: since + 39_999 }).warnedAt, null);
  const warned = reduce(answered, { type: "tick", at: since + 40_000 });
  assert.equal(secondsLeft(warned, since + 40_000), 20);
  assert.equal(expired(warned, since + 59_999), false);
  assert.equal(expired(warned, since + 60_000), true);
  const touched = reduce(warned, { type: "touched", at: since + 59_000 });
  assert.equal(touched.warnedAt, null);
  assert.equal(touched.turn?.id, "1");
});

test("nobody is warned while speech plays, while the page listens, or where nothing is to be wiped", () => {
  const speaking = run(idle(), [...asked("1"), server(turn("1")), { type: "speaking", speaking: true }]);
  assert.equal(reduce(speaking, { type: "tick", at: 900_000 }).warnedAt, null);
  const listening = run(idle(), [{ type: "talk" }, { type: "live" }]);
  assert.equal(reduce(listening, { type: "tick", at: listening.stageAt + 50_000 }).warnedAt, null);
  assert.equal(reduce(idle(), { type: "tick", at: 900_000 }).warnedAt, null);
});

test("a changed language and an open keyboard are wiped too", () => {
  assert.equal(inUse(run(idle(), [{ type: "language", language: "ko" }])), true);
  assert.equal(inUse(run(idle(), [{ type: "entry", open: true }])), true);
});

test("reset, a lost connection and silence leave nothing of the conversation", () => {
  const answered = run(idle(), [{ type: "language", language: "ko" }, ...asked("secret"), server(turn("1", { id: "secret" })), { type: "entry", open: true }]);
  for (const event of [{ type: "reset" }, { type: "lost" }]) {
    const state = run(answered, [event]);
    assert.equal(JSON.stringify({ ...state, staleId: null }).includes("secret"), false);
    assert.equal(state.entry, false);
    assert.equal(state.speaking, false);
  }
  assert.equal(run(answered, [{ type: "reset" }]).language, "en");
});

test("the most important lack is told, alone", () => {
  const components = { dialogue: "ready", speech: "ready" };
  const status = (more, speech = SPEECH) => run(idle(), [server({ type: "status", status: "degraded", components: { ...components, ...more }, speech })]);
  assert.equal(limit(status({})), null);
  assert.equal(limit(status({ dialogue: "degraded" })), null, "slow is not gone");
  assert.equal(limit(status({ dialogue: "down" }, {})), "touch_only");
  assert.equal(limit(status({}, {})), "no_hearing");
  assert.equal(limit({ ...status({}), language: "ko" }), "no_voice");
});

test("what a card offers is not offered twice, and no answer is a dead end", () => {
  const tile = (label) => ({ label, say: label, ask: null });
  const choices = { type: "choices", title: "Where to?", choices: [tile("Airport")] };
  const labels = (more) => tilesOf(run(idle(), [...asked("1"), server(turn("1", more))])).map(({ label }) => label);
  assert.deepEqual(labels({ suggestions: [tile("Later trains")] }), ["Later trains"]);
  assert.deepEqual(labels({ suggestions: [tile("Airport"), tile("All")], replies: [{ text: "", speech: "", card: choices }] }), ["All"]);
  assert.deepEqual(labels({}), ["Toilets"]);
  assert.deepEqual(labels({ language: "ko" }), []);
});
