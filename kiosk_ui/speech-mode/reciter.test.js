import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { Reciter } from "./reciter.js";

const utterance = (text) => ({ text, language: "en", shown: true });
let read, hushed, mute, reciter;

beforeEach(() => {
  [read, hushed, mute] = [[], 0, false];
  reciter = new Reciter({
    read: ({ text }) => (mute ? null : String(read.push(text))),
    hush: () => {
      hushed += 1;
      reciter.sounding(false);
    },
  });
});

/** The voice says what was asked for last. */
function said(outcome = "said") {
  reciter.sounding(true);
  reciter.ended({ reading_id: String(read.length), outcome });
  reciter.sounding(false);
}

test("one after the other, each when the last was heard", () => {
  let done = 0;
  reciter.say([utterance("one"), utterance("two")], () => (done += 1));
  assert.deepEqual(read, ["one"]);
  reciter.sounding(true);
  reciter.ended({ reading_id: "1", outcome: "said" });
  assert.deepEqual(read, ["one"], "it still sounds");
  reciter.sounding(false);
  assert.deepEqual(read, ["one", "two"]);
  assert.equal(done, 0);
  said();
  assert.equal(done, 1);
  assert.ok(!reciter.busy);
});

test("a pause of the sound is not its end", () => {
  reciter.say([utterance("one"), utterance("two")]);
  reciter.sounding(true);
  reciter.sounding(false);
  assert.deepEqual(read, ["one"]);
});

test("stopped, nothing follows", () => {
  let done = 0;
  reciter.say([utterance("one"), utterance("two")], () => (done += 1));
  reciter.sounding(true);
  reciter.stop();
  reciter.ended({ reading_id: "1", outcome: "cancelled" });
  assert.deepEqual([read, hushed, done], [["one"], 1, 0]);
  reciter.stop();
  assert.equal(hushed, 1, "where nothing is said there is nothing to hush");
});

test("what another sound has cut off is said again, but not for ever", () => {
  reciter.say([utterance("one")]);
  said("cancelled");
  assert.deepEqual(read, ["one", "one"]);
  said("cancelled");
  said("cancelled");
  said("cancelled");
  assert.deepEqual(read, ["one", "one", "one"]);
  assert.ok(!reciter.busy);
});

test("what has no voice is passed over", () => {
  reciter.say([utterance("쪽"), utterance("two")]);
  said("unable");
  assert.deepEqual(read, ["쪽", "two"]);
});

test("a kiosk without a voice says nothing and waits for nothing", () => {
  mute = true;
  let done = 0;
  reciter.say([utterance("one")], () => (done += 1));
  assert.deepEqual([read, done, reciter.busy], [[], 0, false]);
});

test("done may say more", () => {
  reciter.say([utterance("one")], () => reciter.say([utterance("two")]));
  said();
  assert.deepEqual(read, ["one", "two"]);
  assert.ok(reciter.busy);
});
