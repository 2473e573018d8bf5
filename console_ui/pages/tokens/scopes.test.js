import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { words } from "../../words.js";
import { inWords, scopesOf, sensorsIn, stateOf } from "./scopes.js";

const t = words(JSON.parse(readFileSync(new URL("../../locales/en.json", import.meta.url), "utf8")));

test("sensors are written with commas or spaces between", () => {
  assert.deepEqual(sensorsIn(" a, b;c  a\n"), ["a", "b", "c"]);
});

test("what is ticked becomes scopes", () => {
  assert.deepEqual(scopesOf({ may: ["operate", "sense"], sensors: "air-hall, co2" }), ["operate", "sense:air-hall", "sense:co2"]);
  assert.deepEqual(scopesOf({ may: ["alert"], sensors: "left over" }), ["alert"]);
});

test("scopes are told in words", () => {
  assert.equal(inWords(["sense:b", "alert", "sense:a"], t), "Bring warnings in; Bring in the sensors b, a");
  assert.equal(inWords([], t), "Nothing");
});

test("a token opens until it is revoked or expired", () => {
  const now = new Date("2026-11-24T08:00:00Z");
  assert.equal(stateOf({ revoked_at: null, expires_at: null }, now), "valid");
  assert.equal(stateOf({ revoked_at: null, expires_at: "2026-11-24T08:00:01Z" }, now), "valid");
  assert.equal(stateOf({ revoked_at: null, expires_at: "2026-11-24T08:00:00Z" }, now), "expired");
  assert.equal(stateOf({ revoked_at: "2026-11-01T00:00:00Z", expires_at: "2027-01-01T00:00:00Z" }, now), "revoked");
});
