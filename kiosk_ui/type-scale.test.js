import assert from "node:assert/strict";
import { test } from "node:test";

import { geometry, needed, rootSize } from "./type-scale.js";

const UNSET = { inches: null, distance_mm: 600 };
const HALL = { width: 1080, height: 1920 };
const SMALL = { width: 800, height: 480 };

/** @param {number} size @param {{perMm: number, distanceMm: number}} screen @returns {number} degrees that a capital H has */
const angle = (size, { perMm, distanceMm }) => (2 * Math.atan((size * 0.733) / perMm / 2 / distanceMm) * 180) / Math.PI;

test("at 600 mm a capital H is 7.3 mm high", () => {
  const screen = { inches: 32, distance_mm: 600 };
  assert.equal(((needed(HALL, screen) * 0.733) / geometry(HALL, screen).perMm).toFixed(1), "7.3");
});

test("a capital H of the largest letters has 0.7° on every screen", () => {
  const stations = [UNSET, { inches: 10.1, distance_mm: 600 }, { inches: 55, distance_mm: 1500 }, { inches: 15.6, distance_mm: 500 }];
  const screens = [HALL, SMALL, { width: 1280, height: 800 }, { width: 1920, height: 1080 }, { width: 1024, height: 768 }];
  for (const screen of stations) {
    for (const pixels of screens) {
      const size = rootSize("largest", 16, pixels, screen);
      assert.ok(angle(size, geometry(pixels, screen)) >= 0.7, JSON.stringify({ pixels, screen, size }));
    }
  }
});

test("usual screens of no stated size", () => {
  const dpi = (/** @type {number} */ width, /** @type {number} */ height) => Math.round(geometry({ width, height }, UNSET).perMm * 25.4);
  assert.deepEqual([dpi(1080, 1920), dpi(1920, 1080), dpi(1280, 800), dpi(800, 480), dpi(1024, 768)], [69, 92, 149, 133, 96]);
  assert.equal(dpi(480, 800), 133);
});

test("small screens of no stated size are read from nearer", () => {
  assert.equal(geometry(SMALL, UNSET).distanceMm, 400);
  assert.equal(geometry(SMALL, { inches: null, distance_mm: 300 }).distanceMm, 300);
  assert.equal(geometry(SMALL, { inches: 7, distance_mm: 600 }).distanceMm, 600);
  assert.equal(geometry(HALL, UNSET).distanceMm, 600);
});

test("large is between the two, and each step is seen", () => {
  for (const [normal, pixels] of /** @type {const} */ ([[30, HALL], [16, SMALL]])) {
    const [large, largest] = [rootSize("large", normal, pixels, UNSET), rootSize("largest", normal, pixels, UNSET)];
    assert.equal(rootSize("normal", normal, pixels, UNSET), normal);
    assert.ok(large >= normal * 1.25 && largest >= normal * 1.5 && large < largest);
  }
});
