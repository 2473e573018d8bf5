import assert from "node:assert/strict";
import { test } from "node:test";

import { keyOf, nameOf, phrasePath } from "./rows.js";

const row = { kind: "not_told", topic: "luggage", language: "ko", name: null, at_least: 5 };
const named = /** @type {const} */ ({ kind: "subject", id: "lost_things", names: {} });

test("rows of one topic differ by what they name", () => {
  assert.equal(keyOf(row), "not_told|luggage|ko||");
  assert.equal(keyOf({ ...row, name: named }), "not_told|luggage|ko|subject|lost_things");
});

test("a name is the station's, a subject is said as people say it", () => {
  assert.equal(nameOf({ kind: "stop", id: "zo", names: { ko: "동물원", en: "Zoo" } }), "Zoo");
  assert.equal(nameOf(named), "Lost things");
  assert.equal(nameOf({ kind: "place", id: "gone-1", names: {} }), "gone-1");
});

test("the way leads to the phrases of the topic in the language", () => {
  assert.equal(phrasePath("0123456789ab", row), "#/topic/0123456789ab/luggage/phrases/ko");
});
