import assert from "node:assert/strict";
import { test } from "node:test";

import { HEIGHT, extremes, heightOf, pieces } from "./air-day.js";

const hour = (at, value, band = 1) => ({ at: `2026-11-24T${at}:00:00+01:00`, value, band });

test("the best and the worst hour are the first of their kind; hours without a reading are neither", () => {
  const day = [hour("01", null, null), hour("02", 30), hour("03", 21), hour("04", 74), hour("05", 21), hour("06", 74)];
  assert.deepEqual(extremes(day), { best: { at: day[2].at, value: 21 }, worst: { at: day[3].at, value: 74 } });
  assert.equal(extremes([hour("01", null, null), hour("02", 30)]), null);
  assert.equal(extremes([]), null);
});

test("a bar is as high as its value, never too low to be seen, and lower without a reading", () => {
  assert.equal(heightOf(80, 80), HEIGHT);
  assert.equal(heightOf(40, 80), HEIGHT / 2);
  assert.ok(heightOf(0, 80) > heightOf(null, 80));
  assert.ok(Number.isFinite(heightOf(0, 0)));
});

test("a bar has as many pieces as its band's number, from its top to the ground", () => {
  for (const count of [1, 2, 6]) {
    for (const height of [6, 50, HEIGHT]) {
      const cut = pieces(height, count);
      assert.equal(cut.length, count);
      assert.equal(cut[0][0], HEIGHT - height);
      assert.ok(Math.abs(cut[count - 1][0] + cut[count - 1][1] - HEIGHT) < 1e-9);
      cut.slice(1).forEach(([top], at) => assert.ok(top > cut[at][0] + cut[at][1]));
    }
  }
});
