import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { fewOf, shortOf } from "./quiet.js";
import { initial, tilesOf } from "./state.js";

const tile = (label, intent, slots = {}) => ({ label, say: label, ask: intent ? { intent, slots } : null });
const TRAINS = tile("Next trains", "timetable_next_departures");
const AIRPORT = tile("Trains to the airport", "timetable_next_departures", { destination: "airport" });
const TOILETS = tile("Where are the toilets?", "facilities_find", { place: "category:toilet" });
const EURO_TOILET = tile("Where is the accessible toilet?", "facilities_find", { place: "category:accessible_toilet" });
const LIFT = tile("Where is the lift?", "facilities_find", { place: "category:lift" });
const AIR = tile("How is the air?", "air_quality_now");
const STAFF = tile("Help from staff", "staff_help_request");

test("a short word stands only for a question that it tells whole", () => {
  assert.equal(shortOf(TRAINS.ask), "trains");
  assert.equal(shortOf(AIRPORT.ask), null);
  assert.equal(shortOf(TOILETS.ask), "toilets");
  assert.equal(shortOf({ intent: "facilities_opening_hours", slots: { place: "category:toilet" } }), null);
  assert.equal(shortOf({ intent: "facilities_find", slots: { place: "cafe-7" } }), null);
  assert.equal(shortOf({ intent: "facilities_find", slots: { place: "category:toilet", step_free: "true" } }), null);
  assert.equal(shortOf({ intent: "air_quality_now" }), "air");
  assert.equal(shortOf(null), null);
});

test("four are left, those with a short word first, each word once, in their own order", () => {
  assert.deepEqual(fewOf([TRAINS, AIRPORT, TOILETS, EURO_TOILET, LIFT, AIR, STAFF]), [TRAINS, TOILETS, LIFT, AIR]);
  assert.deepEqual(fewOf([AIRPORT, tile("Platform 3", "wayfinding_platform", { platform: "3" }), AIR]).map(({ label }) => label),
    ["Trains to the airport", "Platform 3", "How is the air?"]);
  assert.deepEqual(fewOf([]), []);
});

test("every short word has words in every language", () => {
  const source = readFileSync(new URL("quiet.js", import.meta.url), "utf8");
  const short = [...source.matchAll(/\w+: "(\w+)"/g)].map(([, word]) => word);
  assert.ok(short.length >= 10);
  for (const language of ["en", "zh", "ko"]) {
    const table = JSON.parse(readFileSync(new URL(`locales/${language}.json`, import.meta.url), "utf8"));
    for (const word of short) assert.ok(table[`few_${word}`], `${language} few_${word}`);
    const few = Object.keys(table).filter((key) => key.startsWith("few_"));
    assert.deepEqual(few.filter((key) => !short.includes(key.slice(4))), []);
  }
});

test("only who stayed quiet after the prompt has the few", () => {
  const tiles = [TRAINS, AIRPORT, TOILETS, LIFT, AIR, STAFF];
  const idle = { ...initial("en"), phase: "idle", tiles };
  const turn = { id: "q", language: "en", suggestions: tiles, replies: [{ text: "", speech: "", card: { type: "choices", title: "", choices: tiles } }] };
  assert.deepEqual(tilesOf(idle), tiles);
  assert.deepEqual(tilesOf({ ...idle, phase: "answer", turn, help: "prompt" }), []);
  assert.deepEqual(tilesOf({ ...idle, phase: "answer", turn, help: "tiles" }), [TRAINS, TOILETS, LIFT, AIR]);
  assert.deepEqual(tilesOf({ ...idle, phase: "answer", trouble: "failed", help: "tiles" }), [TRAINS, TOILETS, LIFT, AIR]);
});
