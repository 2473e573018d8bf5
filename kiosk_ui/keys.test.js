import assert from "node:assert/strict";
import { test } from "node:test";

import { counts, meaningOf } from "./keys.js";

const KIOSK = { keypad: { F13: "speech", F14: "next", F17: "talk" }, headset: { F21: "plugged", F22: "unplugged" } };

test("a key means what the station file says", () => {
  assert.deepEqual(meaningOf("F14", KIOSK), { kind: "action", action: "next" });
  assert.deepEqual(meaningOf("F21", KIOSK), { kind: "plug", plugged: true });
  assert.deepEqual(meaningOf("F22", KIOSK), { kind: "plug", plugged: false });
});

test("every other key only types", () => {
  for (const code of ["KeyA", "", "constructor", "toString"]) assert.equal(meaningOf(code, KIOSK), null, code);
});

test("a key that is held counts once, but for going on and back", () => {
  assert.ok(counts(meaningOf("F14", KIOSK), true));
  for (const code of ["F13", "F17", "F21"]) {
    assert.ok(counts(meaningOf(code, KIOSK), false));
    assert.ok(!counts(meaningOf(code, KIOSK), true), code);
  }
});
