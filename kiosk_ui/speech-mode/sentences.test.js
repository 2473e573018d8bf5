import assert from "node:assert/strict";
import { test } from "node:test";

import { LONGEST_READ, pieces, sentences } from "./sentences.js";

test("sentences end at points, not within numbers", () => {
  assert.deepEqual(sentences("PM2.5 is 8.4 now. Is that good? Yes"), ["PM2.5 is 8.4 now.", "Is that good?", "Yes"]);
  assert.deepEqual(sentences("空气优。传感器没有读数！好"), ["空气优。", "传感器没有读数！", "好"]);
});

test("a text that fits is read at once", () => assert.deepEqual(pieces("One. Two."), ["One. Two."]));

test("a longer one is cut between sentences, else between words, else anywhere", () => {
  assert.deepEqual(pieces("One two. Three.", 9), ["One two.", "Three."]);
  assert.deepEqual(pieces("one two three", 8), ["one two", "three"]);
  assert.deepEqual(pieces("空气优传感器", 4), ["空气优传", "感器"]);
});

test("no letter is cut in two", () => assert.deepEqual(pieces("a🚆🚆b", 4), ["a🚆", "🚆b"]));

test("where no space was, none comes", () => assert.deepEqual(pieces("空气优。好！坏。", 6), ["空气优。好！", "坏。"]));

test("nothing is lost and no piece is too long", () => {
  const text = "Go past the ticket office, then left. ".repeat(90).trim();
  const all = pieces(text);
  assert.equal(all.join(" "), text);
  assert.ok(all.length > 2 && all.every((piece) => piece.length <= LONGEST_READ));
});
