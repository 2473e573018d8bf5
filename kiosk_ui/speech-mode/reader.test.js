import assert from "node:assert/strict";
import { test } from "node:test";

import { found, nextNew, stepped } from "./reader.js";

const items = (...keys) => keys.map((key) => ({ key, element: { key } }));

test("steps go round the ends, and say so", () => {
  assert.deepEqual(stepped(3, 0, 1), { at: 1, passed: null });
  assert.deepEqual(stepped(3, 2, 1), { at: 0, passed: "beginning" });
  assert.deepEqual(stepped(3, 0, -1), { at: 2, passed: "last" });
  assert.deepEqual(stepped(3, -1, 1), { at: 0, passed: null });
});

test("an item is found again by its element", () => {
  const [one, two] = items("a", "a");
  assert.equal(found([one, two], { ...two, at: 0 }), 1);
});

test("where it was drawn anew, by its words, the nearest of those alike", () => {
  assert.equal(found(items("a", "b", "a"), { element: {}, key: "a", at: 2 }), 2);
  assert.equal(found(items("x", "a"), { element: {}, key: "a", at: 0 }), 1);
});

test("where it is gone, one goes on from where it was", () => {
  assert.equal(found(items("a", "b", "c"), { element: {}, key: "gone", at: 1 }), 0);
  assert.equal(found(items("a"), { element: {}, key: "gone", at: 9 }), 0);
  assert.equal(found(items("a"), null), -1);
});

test("what is new comes in the order of the screen", () => {
  const screen = items("name", "question", "answer", "talk");
  const known = new Set(["name", "talk", "question"]);
  assert.equal(nextNew(screen, -1, known), 2);
  assert.equal(nextNew(screen, 2, known), -1);
  assert.equal(nextNew(screen, 2, new Set()), 3);
});
