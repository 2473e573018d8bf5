import assert from "node:assert/strict";
import { test } from "node:test";

import { DEFAULTS } from "./preferences.js";
import { helpFor } from "./quiet.js";
import { concerns, expired, initial, inUse, limit, reduce, secondsLeft, tilesOf } from "./state.js";

const SPEECH = { en: { hear: true, speak: true, captions: true }, ko: { hear: true, speak: false, captions: false } };
const WELCOME = {
  type: "welcome", conversation_id: "c", language: "en", languages: ["en", "ko"], station: "Old Quay", kiosk: "k",
  now: "2026-11-24T08:00:00+01:00", idle_s: 60, quiet_s: 8, speech: SPEECH, suggestions: [{ label: "Toilets", say: "Toilets", ask: null }], notice: null,
};

const FIRE = { id: "fire", life_safety: true, status: "Actual", colour: "red", headline: { en: "Fire" } };

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

test("a question that ended by itself is thought about", () => {
  const listening = run(idle(), [{ type: "talk" }, { type: "live" }, server({ type: "listening", turn_id: "1" })]);
  assert.equal(run(listening, [server({ type: "listening_end", turn_id: "1", reason: "end" })]).phase, "thinking");
  assert.equal(run(listening, [server({ type: "listening_end", turn_id: "0", reason: "end" })]).phase, "listening", "of another turn");
});

test("another language ends a question that is being thought about", () => {
  const state = run(idle(), [...asked("1"), { type: "language", language: "ko" }, server({ type: "turn_end", turn_id: "1", outcome: "cancelled" })]);
  assert.equal(state.phase, "idle");
  assert.equal(state.language, "ko");
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

/** Ticks at so many seconds after the last sign of a person. */
const later = (state, seconds) => reduce(state, { type: "tick", at: state.touchedAt + seconds * 1000 });
const helpAfter = (state, seconds) => helpFor(state, state.touchedAt + seconds * 1000);
const choices = { replies: [{ text: "Where to?", speech: "", card: { type: "choices", title: "", choices: [{ label: "Airport", say: "", ask: null }] } }] };
const prompted = (state) => run(state, [{ type: "prompted" }, server({ type: "thinking", turn_id: "q" }), server(turn("q", choices))], state.touchedAt + 8000);

test("who touches the page and then does nothing is prompted once", () => {
  const touched = run(idle(), [{ type: "touched" }]);
  assert.equal(helpAfter(touched, 7.99), null);
  assert.equal(helpAfter(touched, 8), "prompt");
  const waiting = run(touched, [{ type: "prompted" }], touched.touchedAt + 8000);
  assert.equal(waiting.phase, "thinking");
  assert.equal(waiting.question, "");
  assert.equal(helpAfter(waiting, 30), null);
});

test("the page that nobody touched prompts nobody, not after it was left, not when its connection comes back, not where the station says so", () => {
  assert.equal(helpAfter(idle(), 900), null);
  for (const event of [{ type: "reset" }, { type: "lost" }]) {
    assert.equal(helpAfter(run(idle(), [{ type: "touched" }, ...asked("1"), server(turn("1")), event, server(WELCOME)]), 900), null);
  }
  assert.equal(helpAfter(run(initial("en"), [{ type: "touched" }, server(WELCOME)]), 900), null);
  assert.equal(helpAfter(run(initial("en"), [server({ ...WELCOME, quiet_s: 0 }), { type: "touched" }]), 900), null);
});

test("as long again and only the tiles are left; there is no third help, and the idle time goes on", () => {
  const first = prompted(run(idle(), [{ type: "touched" }]));
  assert.equal(first.help, "prompt");
  assert.equal(later(first, 7.99).help, "prompt");
  const second = later(first, 8);
  assert.equal(second.help, "tiles");
  assert.equal(second.turn?.id, "q");
  assert.equal(second.touchedAt, first.touchedAt);
  assert.equal(helpAfter(second, 30), null);
  const warned = later(second, 40);
  assert.equal(warned.warnedAt, second.touchedAt + 40_000);
  assert.equal(expired(warned, second.touchedAt + 60_000), true);
});

test("after nothing was heard, and after a question back, who stays quiet is prompted", () => {
  const listened = [{ type: "talk" }, { type: "live" }, server({ type: "listening", turn_id: "1" }), { type: "released" }];
  const nothing = run(idle(), [...listened, server({ type: "turn_end", turn_id: "1", outcome: "nothing_heard" })]);
  assert.equal(helpAfter(nothing, 7.99), null);
  assert.equal(helpAfter(nothing, 8), "prompt");
  assert.equal(helpAfter(run(idle(), [...asked("1"), server(turn("1", choices))]), 8), "prompt");
  assert.equal(helpAfter(run(idle(), [{ type: "talk" }, { type: "silenced" }]), 8), "prompt");
});

test("nobody is prompted who reads an answer, hears one, types, talks, waits or is asked whether they are there", () => {
  assert.equal(helpAfter(run(idle(), [...asked("1"), server(turn("1"))]), 39), null);
  const back = run(idle(), [...asked("1"), server(turn("1", choices))]);
  const speaking = run(back, [{ type: "speaking", speaking: true }]);
  assert.equal(helpAfter(speaking, 39), null);
  assert.equal(helpAfter(run(later(speaking, 20), [{ type: "speaking", speaking: false }], speaking.touchedAt + 20_000), 7.99), null);
  assert.equal(helpAfter(run(back, [{ type: "entry", open: true }]), 39), null);
  for (const events of [[{ type: "talk" }], [{ type: "talk" }, { type: "live" }], asked("1")]) assert.equal(helpAfter(run(idle(), events), 39), null);
  assert.equal(helpAfter(later(back, 40), 41), null);
});

test("a touch puts the help off, and whatever a person does brings the first one back", () => {
  const first = prompted(run(idle(), [{ type: "touched" }]));
  const touched = run(first, [{ type: "touched" }], first.touchedAt + 7000);
  assert.equal(later(touched, 7.99).help, "prompt");
  assert.equal(later(touched, 8).help, "tiles");
  for (const deed of [[{ type: "language", language: "ko" }], [{ type: "entry", open: true }, { type: "entry", open: false }], [{ type: "talk" }, { type: "microphone-failed" }]]) {
    assert.equal(helpAfter(run(first, deed, first.touchedAt + 2000), 8), "prompt");
  }
});

test("a changed language and an open keyboard are wiped too", () => {
  assert.equal(inUse(run(idle(), [{ type: "language", language: "ko" }])), true);
  assert.equal(inUse(run(idle(), [{ type: "entry", open: true }])), true);
});

test("a reset, and a connection that does not come back, leave nothing of the conversation", () => {
  const answered = run(idle(), [{ type: "language", language: "ko" }, ...asked("secret"), server(turn("1", { id: "secret" })), { type: "entry", open: true }]);
  for (const events of [[{ type: "reset" }], [{ type: "lost" }, { type: "tick", at: 60_000 }], [{ type: "lost" }, { type: "reset" }]]) {
    const state = run(answered, events);
    assert.equal(JSON.stringify({ ...state, staleId: null }).includes("secret"), false);
    assert.equal(state.entry, false);
    assert.equal(state.speaking, false);
    assert.equal(state.language, "en");
  }
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

test("who stops listening keeps what they have set", () => {
  const preferences = { ...DEFAULTS, speech: true, text: "largest", stepFree: true };
  const opening = run({ ...idle(), preferences }, [{ type: "talk" }]);
  const stopped = run(opening, [{ type: "silenced" }]);
  assert.deepEqual([stopped.phase, stopped.preferences], ["idle", preferences]);
});

test("an alarm shows the way without stairs first to who needs it, until nobody has touched it for a while", () => {
  const before = { ...idle(), preferences: { ...DEFAULTS, stepFree: true, pace: "slow", theme: "contrast" } };
  const alarmed = run(before, [{ type: "server", message: { type: "alerts", alerts: [FIRE], disclaimer: {} } }]);
  assert.equal(alarmed.alarm?.stepFree, true);
  assert.deepEqual([alarmed.preferences.pace, alarmed.preferences.theme], ["slow", "light"]);
  const left = reduce(alarmed, { type: "tick", at: alarmed.touchedAt + 60_000 });
  assert.deepEqual([left.alarm?.stepFree, left.preferences.stepFree], [false, false]);
});

test("a welcome in a language chosen before is late", () => {
  const late = { ...WELCOME, language: "en" };
  const chosen = run(idle(), [{ type: "reset" }, { type: "language", language: "ko" }, { type: "server", message: late }]);
  assert.equal(chosen.language, "ko");
  const arrived = run(chosen, [{ type: "server", message: { ...WELCOME, language: "ko" } }]);
  assert.deepEqual([arrived.language, arrived.wished], ["ko", null]);
});

test("a visit waits for the connection as long as somebody touches the page", () => {
  const waiting = run({ ...idle(), entry: true }, [{ type: "lost" }]);
  const touched = reduce(waiting, { type: "touched", at: (waiting.lostAt ?? 0) + 14_000 });
  assert.equal(reduce(touched, { type: "tick", at: (waiting.lostAt ?? 0) + 16_000 }).entry, true);
  assert.equal(reduce(touched, { type: "tick", at: touched.touchedAt + 15_000 }).phase, "offline");
});

test("tiles that stay from another language say which it is", () => {
  const answered = run(idle(), [...asked("1"), server(turn("1", { suggestions: [{ label: "And back?", say: "And back?", ask: null }] }))]);
  assert.equal(tilesOf(answered)[0].language ?? null, null);
  assert.equal(tilesOf(run(answered, [{ type: "language", language: "ko" }], 9000))[0].language, "en");
});
