import assert from "node:assert/strict";
import { test } from "node:test";

import { clock, dateOf, day, moment } from "./times.js";

test("days and times are those of the place", () => {
  assert.equal(moment("2026-11-24T23:05:00Z", "UTC"), "24 Nov 2026, 23:05");
  assert.equal(moment("2026-11-24T23:05:00Z", "Asia/Seoul"), "25 Nov 2026, 08:05");
  assert.equal(clock(new Date("2026-11-24T08:00:05Z"), "UTC"), "08:00:05");
  assert.equal(day("2026-11-24"), "24 Nov 2026");
  assert.equal(dateOf("2026-11-24T23:05:00Z", "Asia/Seoul"), "2026-11-25");
});
