import assert from "node:assert/strict";
import { test } from "node:test";

import { DEFAULTS, PACES, TEXT_SIZES, THEMES, VOLUMES, changed, stepped } from "./preferences.js";

test("what is set for everybody is among what can be set", () => {
  assert.ok(TEXT_SIZES.includes(DEFAULTS.text));
  assert.ok(THEMES.includes(DEFAULTS.theme));
  assert.ok(PACES.includes(DEFAULTS.pace));
  assert.equal(VOLUMES[DEFAULTS.volume], 1);
  assert.deepEqual([...VOLUMES].sort((a, b) => a - b), VOLUMES);
});

test("every setting counts as changed, and only when it is", () => {
  assert.equal(changed({ ...DEFAULTS }), false);
  const others = { text: "large", theme: "dark", pace: "slow", volume: 4, captions: true, stepFree: true, lowReach: true, speech: true };
  assert.deepEqual(Object.keys(others).sort(), Object.keys(DEFAULTS).sort());
  for (const [name, value] of Object.entries(others)) assert.equal(changed({ ...DEFAULTS, [name]: value }), true, name);
});

test("a step goes no further than the last one, and from an unknown one to the first", () => {
  assert.equal(stepped(PACES, "normal", 1), "fast");
  assert.equal(stepped(PACES, "fast", 1), "fast");
  assert.equal(stepped(PACES, "slow", -1), "slow");
  assert.equal(stepped([0, 1, 2, 3, 4], 4, -1), 3);
  assert.equal(stepped(TEXT_SIZES, /** @type {any} */ ("huge"), 0), "normal");
});
