import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { initial, listensTo, reduce, secondsLeft } from "./state.js";

const table = JSON.parse(readFileSync(new URL("states.json", import.meta.url), "utf8"));

/** What is told apart besides the phase: part → its value in a state. */
const PARTS = {
  entry: ({ entry }) => (entry ? "open" : "closed"),
  panel: ({ panel }) => (panel ? "open" : "none"),
  connection: ({ connected, lostAt }) => (connected ? "up" : lostAt === null ? "down" : "waiting"),
  warning: ({ warnedAt }) => (warnedAt === null ? "none" : "stands"),
  cards: ({ reading }) => (reading ? "open" : "closed"),
  alarm: ({ alarm }) => (alarm ? "stands" : "none"),
};

/** Random numbers from 0 to 1, the same in every run. */
function dice(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const SPEECH = { en: { hear: true, speak: true, captions: true } };
const WELCOME = {
  type: "welcome", resumed: false, conversation_id: "c", language: "en", languages: ["en", "ko"], station: "Old Quay", kiosk: "k", keypad: {}, headset: {}, screen: {}, help: {}, privacy: [],
  now: "2026-11-24T08:00:00+01:00", idle_s: 60, quiet_s: 8, speech: SPEECH, suggestions: [], notice: null,
};
const ALERT = { status: "Actual", colour: "red", headline: { en: "", fr: "" } };
const STANDING = [[], [{ ...ALERT, id: "fire", life_safety: true }], [{ ...ALERT, id: "dust", life_safety: false }],
  [{ ...ALERT, id: "gas", life_safety: true }, { ...ALERT, id: "drill", life_safety: true, status: "Exercise" }]];
const CHOICES = { type: "choices", title: "", choices: [] };

/** Anything that can happen, made of dice: what leads away from alarms, from offline and to listening more often, or hardly anything would be heard. */
function happening(random, phase) {
  const one = (of) => of[Math.floor(random() * of.length)];
  const often = { offline: { type: "server", message: WELCOME }, alarm: { type: "server", message: { type: "alerts", alerts: [], disclaimer: {} } }, idle: { type: "talk" }, opening: { type: "live" } }[phase];
  if (often && random() < 0.2) return often;
  const turn_id = one(["1", "2", "3"]);
  const message = one([{ type: "say", text: "trains" }, undefined]);
  const turn = { id: turn_id, conversation_id: "c", language: one(["en", "ko"]), heard: null, suggestions: [], replies: [{ text: "", speech: "", card: one([null, CHOICES]) }] };
  const people = [{ type: "talk" }, { type: "live" }, { type: "released" }, { type: "silenced" }, { type: "microphone-failed" }, { type: "asked", question: "trains", message },
    { type: "prompted", message }, { type: "entry", open: one([true, false]) }, { type: "language", language: one(["en", "ko"]) }, { type: "reset" },
    { type: "panel", panel: one([null, "settings", "help"]) }, { type: "prefer", changes: one([{ theme: "dark" }, { theme: "light" }]) }, { type: "headset", plugged: one([true, false]) },
    { type: "reading", open: one([true, false]) }, { type: "alarm-read" }, { type: "alarm-next" }, { type: "alarm-way", stepFree: one([true, false]) }, { type: "touched" }];
  const page = [{ type: "lost" }, { type: "tick" }, { type: "speaking", speaking: one([true, false, false]) }, { type: "saying", text: "trains" },
    { type: "departures", departures: null }, { type: "air", air: null }];
  const server = [{ ...WELCOME, idle_s: one([60, 20]) }, { type: "status", status: "ready", components: {}, speech: SPEECH }, { type: "alerts", alerts: one(STANDING), disclaimer: {} },
    { type: "turn", turn }, { type: "listening", turn_id }, { type: "listening_end", turn_id, reason: "end" }, { type: "caption", turn_id, text: one(["", "trains"]), final: one([true, false]) },
    { type: "thinking", turn_id }, { type: "turn_end", turn_id, outcome: one(["answered", "nothing_heard", "cancelled", "failed"]) },
    { type: "problem", turn_id: one([turn_id, null]), problem: { title: "", status: 503, code: "unavailable", detail: "" } },
    { type: "audio", turn_id, rate: 1, text: "", synthetic: true }, { type: "reading", reading_id: "r", rate: 1, synthetic: true }, { type: "reading_end", reading_id: "r", outcome: "said" },
    { type: "preferences", pace: "slow", step_free: false }, { type: "alert_audio", alert_id: "fire", language: "en", rate: 1 }].map((message) => ({ type: "server", message }));
  return one([people, people, page, server, [{ type: "tick" }]].map(one));
}

const nameOf = (event) => (event.type === "server" ? `server: ${event.message.type}` : event.type);

/** Walks at random through what can happen. */
function walk(seed, steps, step) {
  const random = dice(seed);
  let state = initial("en");
  let at = 1000;
  for (let i = 0; i < steps; i++) {
    at += random() < 0.15 ? random() * 30_000 : random() * 1500;
    const event = { ...happening(random, state.phase), at };
    const after = reduce(state, event);
    step(state, event, after);
    state = after;
  }
}

const VALUES = { phase: ({ phase }) => phase, ...PARTS };
const leads = (part, from, name) => table[part].leads[from]?.[name] ?? [from];
/** part, value, event and the value after it → whether it has happened. */
const seen = new Set();
const events = new Set();
const outside = new Set();
const broken = new Set();

/** What holds in every state. */
const ALWAYS = {
  "an alarm stands exactly in the phase of that name": ({ phase, alarm }) => (phase === "alarm") === (alarm !== null),
  "nothing of a person's is left offline": ({ phase, turn, question, asking, entry, panel, warnedAt }) => phase !== "offline" || (!turn && !question && !asking && !entry && !panel && warnedAt === null),
  "an alarm has the screen for itself": ({ alarm, turn, entry, panel, warnedAt }) => !alarm || (!turn && !entry && !panel && warnedAt === null),
  "keyboard and panel are never open together": ({ entry, panel }) => !entry || !panel,
  "nothing is listened to without a connection": (state) => state.connected || !listensTo(state),
  "only a visit is waited for": ({ connected, lostAt, phase }) => lostAt === null || (!connected && phase !== "offline" && phase !== "alarm"),
  "idle shows no answer": ({ phase, turn, trouble }) => phase !== "idle" || (!turn && !trouble),
  "who is warned has at least 20 s": (state) => state.warnedAt === null || state.idleS < 30 || secondsLeft(state, state.warnedAt) >= 20,
};

for (let seed = 1; seed <= 500; seed++) {
  walk(seed, 500, (before, event, after) => {
    const name = nameOf(event);
    events.add(name);
    for (const [part, value] of Object.entries(VALUES)) {
      const way = `${part}: ${value(before)} -- ${name} -> ${value(after)}`;
      seen.add(way);
      if (!leads(part, value(before), name).includes(value(after))) outside.add(way);
    }
    for (const [sentence, holds] of Object.entries(ALWAYS)) if (!holds(after)) broken.add(`${sentence}: ${name} in ${before.phase}`);
  });
}

test("nothing leads anywhere that is not in the table", () => {
  assert.deepEqual([...outside], []);
});

test("everything that is in the table happens", () => {
  const written = Object.keys(VALUES).flatMap((part) => Object.entries(table[part].leads).flatMap(([from, names]) =>
    Object.entries(names).flatMap(([name, tos]) => tos.map((to) => `${part}: ${from} -- ${name} -> ${to}`))));
  assert.deepEqual(written.filter((way) => !seen.has(way)), []);
  for (const part of Object.keys(VALUES)) assert.deepEqual(Object.keys(table[part].leads), Object.keys(table[part].values), part);
});

test("every event is in the table", () => {
  assert.deepEqual([...events].sort(), Object.keys(table.events).sort());
});

test("what holds in every state", () => {
  assert.deepEqual([...broken], []);
});
