import assert from "node:assert/strict";
import { test } from "node:test";

import { clockFace, hoursAndMinutes, longDate, minutesBetween, sinceWhen, wallClock } from "./station-clock.js";

test("the clock is the station's, whatever the machine's zone", () => {
  const reading = { iso: "2026-05-01T08:59:30-04:00", at: 1000 };
  assert.equal(clockFace(wallClock(reading, 1000)), "08:59");
  assert.equal(clockFace(wallClock(reading, 31_000)), "09:00");
  assert.equal(clockFace(wallClock({ iso: "2026-05-01T00:10:00+05:45", at: 0 }, 0)), "00:10");
  assert.equal(clockFace(wallClock({ iso: "2026-05-01T00:10:00Z", at: 0 }, 0)), "00:10");
});

test("times are read as their own offset says", () => {
  assert.equal(hoursAndMinutes("2026-05-01T23:15:00.5+09:00"), "23:15");
});

test("the date is in words of the language", () => {
  const wall = wallClock({ iso: "2026-11-24T08:00:00+09:00", at: 0 }, 0);
  assert.match(longDate(wall, "en-GB"), /^Tuesday,? 24 November$/); // the comma depends on the release of ICU
  assert.equal(longDate(wall, "ko"), "11월 24일 화요일");
});

test("the minutes of a ride are those between the times shown", () => {
  assert.equal(minutesBetween("2026-05-01T08:04:10Z", "2026-05-01T08:13:50Z"), 9);
  assert.equal(minutesBetween("2026-05-01T23:58:00+02:00", "2026-05-02T00:03:30+02:00"), 5);
});

test("when something began is told by the station's clock, whatever the offset", () => {
  const now = { iso: "2026-11-24T08:00:00+01:00", at: 0 };
  assert.equal(sinceWhen("2026-11-24T06:30:00-00:00", now, 0, "en-GB"), "07:30");
  assert.equal(sinceWhen("2026-11-23T23:30:00+01:00", now, 0, "en-GB"), "Mon 23:30");
  assert.equal(sinceWhen("2026-11-24T07:30:00+01:00", null, 0, "en-GB"), "07:30");
});
