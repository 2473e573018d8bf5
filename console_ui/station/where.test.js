import assert from "node:assert/strict";
import { test } from "node:test";

import { pageOf } from "./where.js";

test("a part of the station file is edited on its page", () => {
  assert.equal(pageOf("places.cafe.hours", "d"), "#/place/d/cafe");
  assert.equal(pageOf("rules.stale-air", "d"), "#/rule/d/stale-air");
  assert.equal(pageOf("sensors[3].unit", "d"), "#/sensors/d");
  assert.equal(pageOf("facts.pets", "d"), "#/facts/d");
  assert.equal(pageOf("languages", "d"), "#/languages/d");
  assert.equal(pageOf("mqtt.host", "d"), null);
  assert.equal(pageOf("", "d"), null);
});
