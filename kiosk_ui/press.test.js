import assert from "node:assert/strict";
import { test } from "node:test";

import { Press } from "./press.js";

test("hold and speak", () => {
  const press = new Press();
  assert.equal(press.down(false, 0), "start");
  assert.equal(press.up(2000), "stop");
});

test("tap and speak; a second tap ends it", () => {
  const press = new Press();
  assert.equal(press.down(false, 0), "start");
  assert.equal(press.up(120), "free");
  assert.equal(press.down(true, 3000), "stop");
  assert.equal(press.up(5000), null);
});

test("a release without a press does nothing", () => {
  assert.equal(new Press().up(1000), null);
});

test("a tap that was meant to end what has just ended by itself begins nothing", () => {
  const press = new Press();
  press.down(false, 0);
  press.up(100);
  press.ended(3000);
  assert.equal(press.down(false, 3200), null);
  assert.equal(press.up(3300), null);
  assert.equal(press.down(false, 3800), "start");
});
