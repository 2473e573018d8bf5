import assert from "node:assert/strict";
import { test } from "node:test";

import { changed, editOf, flat, merge, phrasesOf } from "./merge.js";

const topic = () => ({
  intents: { smalltalk_greet: { en: ["hello", "good morning"], ko: ["안녕하세요"] } },
  replies: { utter_smalltalk_greet: { en: { text: "Hello.", speech: null, say: "x" } } },
});
const GREET = "phrases|smalltalk_greet|en";
const TEXT = "text|utter_smalltalk_greet|en";

test("phrases are lines, once each, without what is between them", () => {
  assert.deepEqual(phrasesOf("  hello \n\nhello\ngood   morning\n"), ["hello", "good morning"]);
});

test("only what is otherwise is an edit, and it says the whole reply", () => {
  const before = flat(topic());
  const typed = new Map(before);
  assert.deepEqual(changed(before, typed), []);
  typed.set(GREET, "hello\n good morning \n");
  assert.deepEqual(changed(before, typed), [], "an empty line is no change");
  typed.set(TEXT, "Good day.");
  typed.set("text|utter_smalltalk_greet|ko", "");
  typed.set("phrases|smalltalk_greet|ko", "안녕하세요\n안녕");
  const keys = changed(before, typed);
  assert.deepEqual(editOf(keys, typed, topic()), {
    intents: { smalltalk_greet: { ko: ["안녕하세요", "안녕"] } },
    replies: { utter_smalltalk_greet: { en: { text: "Good day.", speech: null, say: "x" } } },
  });
});

test("what only one changed is kept, what both changed is asked", () => {
  const base = flat(topic());
  const mine = new Map(base).set(TEXT, "Mine.").set(GREET, "hello");
  const theirs = new Map(base).set(TEXT, "Theirs.").set("phrases|smalltalk_greet|ko", "안녕");
  const { values, conflicts } = merge(base, mine, theirs);
  assert.deepEqual(conflicts, [{ key: TEXT, base: "Hello.", mine: "Mine.", theirs: "Theirs." }]);
  assert.equal(values.get("phrases|smalltalk_greet|ko"), "안녕");
  assert.equal(values.get(GREET), "hello");
  assert.equal(values.get(TEXT), "Mine.");
});

test("the same change by both is no conflict", () => {
  const base = flat(topic());
  const both = new Map(base).set(TEXT, "Same.");
  assert.deepEqual(merge(base, both, new Map(both)).conflicts, []);
});
