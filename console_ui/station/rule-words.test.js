import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { words } from "../words.js";
import { sentence, shaped, span, unshaped } from "./rule-words.js";

const t = words(JSON.parse(readFileSync(new URL("../locales/en.json", import.meta.url), "utf8")));
const SENSORS = [
  { id: "hall-co2", quantity: "co2", unit: "ppm" }, { id: "metro-co2", quantity: "co2", unit: "ppm" }, { id: "smoke", quantity: "smoke", unit: "state" },
  { id: "button", quantity: "call_point", unit: "state" },
];
const said = (rule) => sentence(rule, SENSORS, t);

test("a rule is told in one sentence", () => {
  assert.equal(said({ sensors: ["hall-co2", "metro-co2"], above: 1500, hold_s: 600 }), "Carbon dioxide above 1500 ppm for 10 minutes");
  assert.equal(said({ sensors: ["smoke", "button"], above: 0.5, hold_s: 0, confirm: 1 }), "Smoke or Call point sounds");
  assert.equal(said({ sensors: ["smoke"], above: 0.5, confirm: 2, hours: "Mo-Fr 06:00-22:00" }), "Smoke sounds at 2 sensors within Mo–Fr 06:00–22:00");
  assert.equal(said({ sensors: ["hall-co2"], below: 0 }), "Carbon dioxide below 0 ppm");
  assert.equal(said({ sensors: ["hall-co2"], rise: { by: 300, within_s: 90 } }), "Carbon dioxide rises by 300 ppm within 90 seconds");
  assert.equal(said({ sensors: ["gone"], above: 1 }), "gone above 1 ");
  assert.equal(span(3600, t), "1 hour");
});

test("the three kinds of conditions are one in the form, and nothing else changes", () => {
  for (const rule of [{ id: "a", above: 0, clear: 3 }, { id: "b", below: 0, latch: true }, { id: "c", rise: { by: 1, within_s: 60 } }]) {
    assert.deepEqual(unshaped(shaped(rule)), rule);
  }
  assert.deepEqual(unshaped({ ...shaped({ id: "c", rise: { by: 1, within_s: 60 } }), condition: "above" }), { id: "c", above: 1 });
  assert.deepEqual(shaped({ id: "new" }), { id: "new", condition: "above", amount: undefined });
});
