import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { words } from "../../words.js";
import { changeWords, fits, objectWords, pastTheDay } from "./filter.js";

const t = words(JSON.parse(readFileSync(new URL("../../locales/en.json", import.meta.url), "utf8")));
const line = (changes = {}) => ({ number: 7, at: "2026-11-24T23:30:00Z", actor: "a", name: "ada", action: "account.made", object: "account:b", ...changes });
const all = { who: "", what: "", day: "" };

test("a line fits who, what and the day as it is here", () => {
  assert.ok(fits(line(), all));
  assert.ok(fits(line(), { who: "a", what: "account.made", day: "2026-11-24" }, "UTC"));
  assert.ok(fits(line(), { ...all, day: "2026-11-25" }, "Asia/Seoul"));
  assert.ok(!fits(line(), { ...all, day: "2026-11-24" }, "Asia/Seoul"));
  assert.ok(!fits(line(), { ...all, who: "machine" }));
  assert.ok(!fits(line(), { ...all, what: "session.begun" }));
});

test("reading on ends when the lines are older than the day", () => {
  assert.ok(!pastTheDay([line()], all, "UTC"));
  assert.ok(!pastTheDay([line()], { ...all, day: "2026-11-24" }, "UTC"));
  assert.ok(pastTheDay([line()], { ...all, day: "2026-11-25" }, "UTC"));
  assert.ok(!pastTheDay([], { ...all, day: "2026-11-25" }, "UTC"));
});

test("states and objects are told in words, unknown ones as they came", () => {
  assert.equal(changeWords("viewer:on", "editor:off", t), "Viewer, may sign in → Editor, closed");
  assert.equal(changeWords(null, "0123abcd", t), "0123abcd");
  assert.equal(changeWords("viewer:on", "viewer:on", t), "");
  assert.equal(changeWords(null, null, t), "");
  assert.equal(objectWords("account:b", new Map([["b", "bob"]]), t), "Person bob");
  assert.equal(objectWords("lamp:1f", new Map(), t), "lamp 1f");
});
