import assert from "node:assert/strict";
import { test } from "node:test";

import { DEFAULTS } from "../../preferences.js";
import { initial } from "../../state.js";
import { captioned, isShown, secondsOf, sentenceAt } from "./captions.js";

const speaking = (changes) => ({ ...initial("en"), speaking: true, said: "Mind the gap.", ...changes });

test("captions are shown to who wishes them", () => {
  assert.ok(!captioned(speaking({})));
  assert.ok(captioned(speaking({ preferences: { ...DEFAULTS, captions: true } })));
});

test("what stands nowhere else is shown to everybody, while it sounds", () => {
  assert.ok(captioned(speaking({ saidShown: false })));
  assert.ok(!captioned(speaking({ saidShown: false, speaking: false })));
});

test("an answer is on the screen; a warning said after it is not", () => {
  const state = { ...initial("en"), turn: { replies: [{ text: "At 08:13.", speech: "At eight thirteen." }] } };
  assert.ok(isShown("At eight thirteen.", state));
  assert.ok(isShown("At 08:13.", state));
  assert.ok(!isShown("The lift is out of order.", state));
  assert.ok(!isShown("", state));
  assert.ok(!isShown("At 08:13.", initial("en")));
});

test("sentences follow each other as they are said", () => {
  const two = ["The next train leaves at eight.", "It goes from platform two."];
  assert.equal(sentenceAt(two, 0, "normal"), 0);
  assert.equal(sentenceAt(two, secondsOf(two[0], "normal") * 1000 + 1, "normal"), 1);
  assert.equal(sentenceAt(two, 1e6, "normal"), 1, "the last one stays");
  assert.equal(sentenceAt([], 0, "normal"), 0);
});

test("a slower voice takes longer, a syllable longer than a letter", () => {
  assert.ok(secondsOf("hello", "slow") > secondsOf("hello", "fast"));
  assert.ok(secondsOf("下一班列车", "normal") > 2 * secondsOf("train", "normal"));
});
