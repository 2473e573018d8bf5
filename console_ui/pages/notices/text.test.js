import assert from "node:assert/strict";
import { test } from "node:test";

import { aboutOf, dayEnd, fieldTime, noticeOf } from "./text.js";

test("languages without a text are left out, and a text is one line", () => {
  const said = noticeOf({ kind: "information", "text-en": " Platform 2\n works. ", "text-ko": "  ", since: "a", until: "b", lines: ["L1"], stops: [] }, ["en", "ko"]);
  assert.deepEqual(said, { kind: "information", texts: { en: "Platform 2 works." }, since: "a", until: "b", lines: ["L1"], stops: [] });
});

test("times are those of the station", () => {
  assert.equal(fieldTime("2026-11-24T08:05:30+09:00"), "2026-11-24T08:05");
  assert.equal(dayEnd("2026-11-24T08:05:30+09:00"), "2026-11-24T23:59");
});

test("what a notice is about has its name, where it has one", () => {
  const notice = /** @type {any} */ ({ lines: ["L1", "L9"], stops: ["s"] });
  assert.deepEqual(aboutOf(notice, [{ id: "L1", name: "Line 1" }], [{ id: "s", name: "Coast" }]), ["Line 1", "L9", "Coast"]);
});
