import assert from "node:assert/strict";
import { test } from "node:test";

import { badgeColours, contrast, parse } from "./colour.js";

/** @param {string} text  "rgb(1 2 3)" */
const rgb = (text) => text.match(/\d+/g).map(Number);

test("contrast is WCAG's", () => {
  assert.equal(Math.round(contrast([255, 255, 255], [0, 0, 0])), 21);
  assert.ok(Math.abs(contrast(parse("777777"), [255, 255, 255]) - 4.48) < 0.01);
});

test("every badge can be read, whatever colours the feed names", () => {
  for (let hue = 0; hue < 4096; hue += 7) {
    const hex = hue.toString(16).padStart(3, "0").replace(/./g, "$&$&");
    for (const text of ["ffffff", "000000", null, "888888"]) {
      const colours = badgeColours(hex, text);
      assert.ok(contrast(rgb(colours.background), rgb(colours.text)) >= 6.9, `${hex} ${text}`);
    }
  }
});

test("a readable pair stays as it is; no colour is no colour", () => {
  assert.deepEqual(badgeColours("#000080", "FFFFFF"), { background: "rgb(0 0 128)", text: "rgb(255 255 255)" });
  assert.equal(badgeColours(null, null), null);
  assert.equal(badgeColours("red", "FFFFFF"), null);
});
