import assert from "node:assert/strict";
import { test } from "node:test";

import { alarms, alarmShown, inLanguage, kindOf, languageShown, warnings, wayOf } from "./alerts.js";
import { helpFor } from "./quiet.js";
import { expired, initial, inUse, limit, reduce } from "./state.js";

const SPEECH = { en: { hear: true, speak: true, captions: true } };
const WELCOME = {
  type: "welcome", conversation_id: "c", language: "en", languages: ["en", "zh", "ko"], station: "Old Quay", kiosk: "k",
  now: "2026-11-24T08:00:00+01:00", idle_s: 60, quiet_s: 8, speech: SPEECH, suggestions: [], notice: null,
};
const fire = (more = {}) => ({
  id: "fire", life_safety: true, status: "Actual", colour: "red", category: "Fire", response: "Evacuate", severity: "Extreme",
  since: "2026-11-24T08:00:00+01:00", event: { en: "Fire" }, headline: { en: "Fire", zh: "火灾", ko: "화재" }, instruction: {}, area: {}, sender: {},
  way_out: { exit_id: "b" }, way_out_step_free: { exit_id: "refuge" }, ...more,
});
const dust = (more = {}) => fire({ id: "dust", life_safety: false, colour: "yellow", ...more });
const server = (message) => ({ type: "server", message });
const alerts = (...standing) => server({ type: "alerts", alerts: standing, disclaimer: { en: "Information only." } });
const answer = server({ type: "turn", turn: { id: "1", conversation_id: "c", language: "en", heard: null, replies: [], suggestions: [] } });

/** Runs events through the state, one second apart from `from` on. */
function run(state, events, from = 1000) {
  return events.reduce((before, event, i) => reduce(before, { at: from + i * 1000, ...event }), state);
}

const idle = () => run(initial("en"), [server(WELCOME)]);
const alarmed = (...standing) => run(idle(), [alerts(...(standing.length ? standing : [fire()]))], 10_000);
const asked = [{ type: "asked", question: "private" }, server({ type: "thinking", turn_id: "1" })];
const PHASES = {
  offline: initial("en"),
  idle: idle(),
  opening: run(idle(), [{ type: "talk" }]),
  listening: run(idle(), [{ type: "talk" }, { type: "live" }, server({ type: "listening", turn_id: "1" })]),
  thinking: run(idle(), asked),
  answer: run(idle(), [...asked, answer, { type: "speaking", speaking: true }]),
  entry: run(idle(), [{ type: "entry", open: true }]),
  warned: { ...run(idle(), [...asked, answer]), warnedAt: 5000 },
  reading: run(idle(), [alerts(dust()), { type: "reading", open: true }]),
};

for (const [name, state] of Object.entries(PHASES)) {
  test(`an alarm takes over at once: ${name}`, () => {
    const after = reduce(state, { at: 9000, ...alerts(fire()) });
    assert.equal(after.phase, "alarm");
    assert.deepEqual([after.question, after.turn, after.entry, after.speaking, after.warnedAt, after.reading], ["", null, false, false, null, false]);
    assert.equal(inUse(after), false);
    assert.equal(limit(after), null);
  });
}

test("only what is real and for life and safety takes over", () => {
  for (const status of ["Exercise", "System", "Test"]) assert.equal(alarmed(fire({ status })).phase, "idle", status);
  assert.equal(alarmed(dust({ colour: "red", severity: "Extreme" })).phase, "idle");
  assert.equal(reduce(PHASES.answer, { at: 9000, ...alerts(dust()) }).turn?.id, "1", "a conversation goes on below a banner");
});

test("nothing but the assistant's word ends an alarm", () => {
  const deeds = [
    { type: "touched" }, { type: "talk" }, { type: "live" }, { type: "released" }, { type: "silenced" }, { type: "microphone-failed" },
    { type: "asked", question: "x" }, { type: "prompted" }, { type: "entry", open: true }, { type: "reading", open: true }, { type: "speaking", speaking: true },
    { type: "reset" }, { type: "language", language: "ko" }, { type: "alarm-read" }, { type: "alarm-next" }, { type: "alarm-way", stepFree: true }, { type: "tick" },
    { type: "lost" }, server({ ...WELCOME, language: "zh" }), answer, server({ type: "listening", turn_id: "2" }), server({ type: "turn_end", turn_id: "1", outcome: "failed" }),
    server({ type: "problem", turn_id: null, problem: { title: "", status: 500, code: "x", detail: "" } }),
  ];
  for (const deed of deeds) {
    const state = run(alarmed(), [deed], 11_000);
    assert.equal(state.phase, "alarm", JSON.stringify(deed));
    assert.deepEqual([state.entry, state.reading, state.turn, state.question], [false, false, null, ""], JSON.stringify(deed));
  }
  const later = reduce(alarmed(), { type: "tick", at: 86_400_000 });
  assert.equal(later.phase, "alarm");
  assert.equal(expired(later, 86_400_000), false);
  assert.equal(helpFor({ ...later, visited: true }, 86_400_000), null);
});

test("when it is over the page is wiped, in its own language", () => {
  const state = run(alarmed(), [{ type: "language", language: "ko" }, alerts(dust())], 12_000);
  assert.deepEqual([state.phase, state.language, state.alarm, state.visited], ["idle", "en", null, false]);
  assert.deepEqual(warnings(state).map(({ id }) => id), ["dust"]);
  const unreal = run(alarmed(), [alerts(fire({ status: "Exercise" }))], 12_000);
  assert.equal(unreal.phase, "idle");
});

test("an alarm that is known outlives the connection, and is marked until somebody vouches for it", () => {
  const lost = run(alarmed(), [{ type: "lost" }, { type: "lost" }], 20_000);
  assert.deepEqual([lost.phase, lost.connected, lost.staleAt], ["alarm", false, 20_000]);
  const back = run(lost, [server(WELCOME)], 30_000);
  assert.deepEqual([back.phase, back.connected, back.staleAt], ["alarm", true, 20_000]);
  assert.deepEqual([run(back, [alerts(fire())], 31_000).phase, run(back, [alerts(fire())], 31_000).staleAt], ["alarm", null]);
  assert.equal(run(back, [alerts()], 31_000).phase, "idle");
  assert.equal(run(lost, [alerts()], 31_000).phase, "offline", "without a connection there is no idle page to go back to");
});

test("a warning that is known outlives the connection too", () => {
  const lost = run(idle(), [alerts(dust()), { type: "lost" }], 20_000);
  assert.deepEqual([lost.phase, lost.staleAt, warnings(lost).length], ["offline", 21_000, 1]);
  assert.equal(run(lost, [{ type: "reading", open: true }], 22_000).reading, true);
});

test("the languages take turns, the chosen one first", () => {
  const state = run(run(idle(), [{ type: "language", language: "ko" }]), [alerts(fire())], 10_000);
  const shown = [0, 5999, 6000, 12_000, 17_999, 18_000].map((after) => languageShown(state, 10_000 + after));
  assert.deepEqual(shown, ["ko", "ko", "en", "zh", "zh", "ko"]);
});

test("a language that is touched stands for a minute, and then they take turns again", () => {
  const state = reduce(alarmed(), { type: "language", language: "zh", at: 20_000 });
  assert.deepEqual([20_000, 79_999, 80_000, 86_000].map((at) => languageShown(state, at)), ["zh", "zh", "en", "ko"]);
});

test("whoever reads keeps the language shown", () => {
  const state = reduce(alarmed(), { type: "alarm-read", at: 17_000 });
  assert.deepEqual([17_000, 76_999].map((at) => languageShown(state, at)), ["zh", "zh"]);
});

test("alarms are gone through one by one; a new one is seen first", () => {
  const two = alarmed(fire(), fire({ id: "gas" }));
  assert.deepEqual([alarmShown(two).alert?.id, alarmShown(two).number, alarmShown(two).total], ["fire", 1, 2]);
  const next = reduce(two, { type: "alarm-next", at: 12_000 });
  assert.equal(alarmShown(next).alert?.id, "gas");
  assert.equal(alarmShown(reduce(next, { type: "alarm-next", at: 13_000 })).alert?.id, "fire");
  const third = run(next, [alerts(fire({ id: "bomb" }), fire(), fire({ id: "gas" }))], 14_000);
  assert.equal(alarmShown(third).alert?.id, "bomb");
  assert.equal(alarmShown(run(next, [alerts(fire({ severity: "Severe" }), fire({ id: "gas" }))], 14_000)).alert?.id, "gas", "an update of one that is known");
  assert.equal(alarmShown(run(next, [alerts(fire())], 14_000)).alert?.id, "fire", "the one shown is over");
});

test("the way without stairs is given on request, and after a minute the way of all again", () => {
  const state = reduce(alarmed(), { type: "alarm-way", stepFree: true, at: 20_000 });
  assert.equal(wayOf(fire(), state.alarm.stepFree).exit_id, "refuge");
  assert.equal(reduce(state, { type: "tick", at: 79_999 }).alarm.stepFree, true);
  assert.equal(reduce(state, { type: "tick", at: 80_000 }).alarm.stepFree, false);
  assert.equal(wayOf(fire(), false).exit_id, "b");
});

test("what is not real is told by its word and never by its colour", () => {
  assert.deepEqual(["Exercise", "Test", "System"].map((status) => kindOf(fire({ status }))), ["exercise", "test", "system"]);
  assert.deepEqual(["red", "yellow", "green"].map((colour) => kindOf(fire({ colour }))), ["danger", "caution", "safe"]);
});

test("real warnings stand before exercises", () => {
  const state = alarmed(fire({ status: "Exercise" }), dust(), fire({ id: "t", status: "Test" }));
  assert.deepEqual(warnings(state).map(({ id }) => id), ["dust", "fire", "t"]);
  assert.deepEqual(alarms(state), []);
});

test("the cards are warned of before they close, and close with the last warning", () => {
  const open = run(idle(), [alerts(dust()), { type: "reading", open: true }]);
  assert.equal(open.reading, true);
  const warned = reduce(open, { type: "tick", at: 2000 + 60_000 });
  assert.deepEqual([warned.reading, warned.warnedAt], [true, 2000 + 60_000]);
  assert.equal(run(open, [alerts()]).reading, false);
  assert.equal(helpFor({ ...open, visited: true }, 30_000), null);
  assert.equal(run(idle(), [{ type: "reading", open: true }]).reading, false, "nothing to read");
});

test("a text that lacks a language is given in another", () => {
  assert.equal(inLanguage({ en: "Fire", ko: "화재" }, "zh"), "Fire");
  assert.equal(inLanguage({ ko: "화재" }, "zh"), "화재");
  assert.equal(inLanguage({}, "zh"), undefined);
});
