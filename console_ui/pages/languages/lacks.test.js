import assert from "node:assert/strict";
import { test } from "node:test";

import { lacksOf, moved } from "./lacks.js";

const both = { en: "x", ko: "y" };
const station = {
  places: [{ name: both, where: {} }, { name: both, where: { en: "x" } }, { name: { "": "WC" } }],
  facts: { pets: both, wifi: { en: "x" } },
  rules: [{ alert: { event: both, headline: both, instruction: { en: "x" } } }, { alert: { event: both, headline: both, instruction: {} } }],
  sensors: [{ name: both, area: both }],
};

test("what a language lacks is counted part by part", () => {
  const topics = [{ missing: { ko: 2 } }, { missing: { ko: 1, fr: 7 } }];
  assert.deepEqual(lacksOf("en", station, topics), { topics: 0, places: 0, facts: 0, rules: 0, sensors: 0 });
  assert.deepEqual(lacksOf("ko", station, topics), { topics: 3, places: 1, facts: 1, rules: 1, sensors: 0 });
  assert.deepEqual(lacksOf("fr", station, topics), { topics: 7, places: 2, facts: 2, rules: 2, sensors: 1 });
});

test("a language goes one place up", () => {
  assert.deepEqual(moved(["en", "zh", "ko"], "ko"), ["en", "ko", "zh"]);
  assert.deepEqual(moved(["en", "zh"], "en"), ["en", "zh"]);
});
