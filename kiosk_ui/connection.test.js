import assert from "node:assert/strict";
import { test } from "node:test";

import { WAITS_MS } from "./connection.js";
import { helpFor } from "./quiet.js";
import { initial, inUse, limit, reduce } from "./state.js";

const SPEECH = { en: { hear: true, speak: true, captions: true } };
const WELCOME = {
  type: "welcome", resumed: false, conversation_id: "c", language: "en", languages: ["en", "ko"], station: "Old Quay", kiosk: "k", keypad: {}, headset: {}, screen: {}, help: {}, privacy: [],
  now: "2026-11-24T08:00:00+01:00", idle_s: 60, quiet_s: 8, speech: SPEECH, suggestions: [], notice: null,
};
const server = (message) => ({ type: "server", message });
const TRAINS = { type: "say", text: "trains" };
const ASKED = { type: "asked", question: "trains", message: TRAINS };
const TURN = { type: "turn", turn: { id: "1", conversation_id: "c", language: "en", heard: null, replies: [{ text: "08:06", speech: "", card: null }], suggestions: [] } };

/** Runs events through the state, one second apart. */
const run = (state, events, from = 1000) => events.reduce((before, event, i) => reduce(before, { at: from + i * 1000, ...event }), state);
const idle = () => run(initial("en"), [server(WELCOME)]);
const answered = () => run(idle(), [ASKED, server({ type: "thinking", turn_id: "1" }), server(TURN)]);

test("a visit keeps what it shows until the connection is back", () => {
  const visits = { answer: answered(), panel: run(idle(), [{ type: "panel", panel: "help" }]), keyboard: run(idle(), [{ type: "entry", open: true }]), large: run(idle(), [{ type: "prefer", changes: { text: "large" } }]) };
  for (const [name, before] of Object.entries(visits)) {
    const waiting = run(before, [{ type: "lost" }, { type: "lost" }, { type: "tick" }], 10_000);
    assert.equal(waiting.phase, before.phase, name);
    assert.equal(limit(waiting), "lost", name);
    const back = run(waiting, [server({ ...WELCOME, conversation_id: "other" })], 20_000);
    for (const key of ["phase", "turn", "question", "panel", "entry", "preferences"]) assert.deepEqual(back[key], before[key], `${name}: ${key}`);
    assert.equal(back.lostAt, null);
    assert.equal(limit(back), null);
  }
});

test("after fifteen seconds it is waited for no longer, counted from the first loss", () => {
  const waiting = run(run(answered(), [{ type: "lost" }], 10_000), [{ type: "lost" }], 20_000);
  assert.equal(reduce(waiting, { type: "tick", at: 10_000 + WAITS_MS - 1 }).phase, "answer");
  const gone = reduce(waiting, { type: "tick", at: 10_000 + WAITS_MS });
  assert.equal(gone.phase, "offline");
  assert.equal(JSON.stringify({ ...gone, staleId: null }).includes("trains"), false);
  assert.equal(inUse(run(gone, [server(WELCOME)])), false);
});

test("where nobody is, a lost connection is told at once", () => {
  assert.equal(run(idle(), [{ type: "lost" }]).phase, "offline");
  assert.equal(run(initial("en"), [{ type: "lost" }]).lostAt, null);
});

test("a question that is thought about is asked once more, and no third time", () => {
  const thinking = run(idle(), [ASKED, server({ type: "thinking", turn_id: "1" })]);
  assert.equal(thinking.asking.sent, 1);
  const again = run(thinking, [{ type: "lost" }, server(WELCOME)]);
  assert.deepEqual([again.phase, again.asking], ["thinking", { message: TRAINS, sent: 2 }]);
  assert.equal(run(again, [server(TURN)]).phase, "thinking", "what still comes of the first is dropped");
  assert.equal(run(again, [server({ type: "thinking", turn_id: "2" }), server({ ...TURN, turn: { ...TURN.turn, id: "2" } })]).turn.id, "2");
  const third = run(again, [{ type: "lost" }]);
  assert.deepEqual([third.phase, third.trouble], ["answer", "lost"]);
});

test("a question asked while the connection is away waits for it", () => {
  const kept = run(answered(), [{ type: "lost" }, ASKED, { type: "tick", at: 14_000 }]);
  assert.deepEqual([kept.phase, kept.asking.sent], ["thinking", 0]);
  const back = run(kept, [server(WELCOME)], 16_000);
  assert.deepEqual([back.phase, back.asking.sent, back.stageAt], ["thinking", 1, 16_000]);
});

test("a question that was being spoken is gone, and the person is told", () => {
  const opening = run(idle(), [{ type: "talk" }]);
  const listening = run(opening, [{ type: "live" }, server({ type: "listening", turn_id: "1" }), server({ type: "caption", turn_id: "1", text: "next tr", final: false })]);
  for (const state of [opening, listening, run(listening, [{ type: "released" }])]) {
    const told = run(state, [{ type: "lost" }]);
    assert.deepEqual([told.phase, told.trouble, told.question], ["answer", "lost", ""]);
  }
  const heard = run(listening, [{ type: "released" }, server({ type: "caption", turn_id: "1", text: "next train", final: true }), { type: "lost" }]);
  assert.deepEqual([heard.phase, heard.asking.message], ["thinking", { type: "say", text: "next train" }], "what was heard to its end need not be said again");
});

test("nobody talks to a connection that is away, and nobody is prompted over it", () => {
  const waiting = run(answered(), [{ type: "lost" }]);
  assert.equal(run(waiting, [{ type: "talk" }]).phase, "answer");
  const troubled = run(idle(), [{ type: "talk" }, { type: "lost" }]);
  assert.equal(helpFor(troubled, troubled.touchedAt + 9000), null);
});

test("a language chosen meanwhile stands", () => {
  assert.equal(run(answered(), [{ type: "lost" }, { type: "language", language: "ko" }, server(WELCOME)]).language, "ko");
});

test("a page that is left while the connection is away is offline", () => {
  const left = run(answered(), [{ type: "lost" }, { type: "reset" }]);
  assert.deepEqual([left.phase, left.turn, left.lostAt], ["offline", null, null]);
});

test("the warning's own voice is no sign of a person, another voice puts it off", () => {
  const quiet = answered();
  const warned = reduce(quiet, { type: "tick", at: quiet.touchedAt + 41_000 });
  const voice = run(warned, [{ type: "speaking", speaking: true }, { type: "tick" }, { type: "speaking", speaking: false }, { type: "tick" }], quiet.touchedAt + 42_000);
  assert.equal(voice.warnedAt, warned.warnedAt);
  const read = run(quiet, [{ type: "speaking", speaking: true }, { type: "tick", at: quiet.touchedAt + 80_000 }], quiet.touchedAt + 1000);
  assert.equal(read.warnedAt, null);
  assert.equal(reduce(read, { type: "tick", at: quiet.touchedAt + 81_000 }).warnedAt, null);
});
