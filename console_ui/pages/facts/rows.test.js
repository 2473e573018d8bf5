import assert from "node:assert/strict";
import { test } from "node:test";

import { factsOf, valuesOf } from "./rows.js";

test("facts are fields and fields are facts", () => {
  const facts = { pets: { en: "On a lead.", ko: "줄에 매어 주세요." }, wifi: { "": "Free" } };
  assert.deepEqual(factsOf(valuesOf(facts)), facts);
  assert.deepEqual([...valuesOf(facts).keys()], ["pets.en", "pets.ko", "wifi."]);
});

test("a subject of which nothing is said is none, but can be shown", () => {
  const values = new Map([["pets.en", " "], ["wifi.en", " Free "]]);
  assert.deepEqual(factsOf(values), { wifi: { en: "Free" } });
  assert.deepEqual(factsOf(values, true), { pets: {}, wifi: { en: "Free" } });
});
