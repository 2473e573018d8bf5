import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { Refused } from "./api.js";
import { faults, told } from "./problems.js";
import { words } from "./words.js";

const t = words(JSON.parse(readFileSync(new URL("locales/en.json", import.meta.url), "utf8")));

test("a refusal is told in words of ours, else in the machine's, else by its number", () => {
  assert.equal(told(new Refused(409, "last-admin", "machine's"), t), t("problem_last_admin"));
  assert.equal(told(new Refused(403, "unheard-of", "machine's"), t), t("problem_403"));
  assert.equal(told(new Refused(409, "unheard-of", "a release of this name is live"), t), "a release of this name is live");
  assert.equal(told(new Refused(418, "unheard-of"), t), "The kiosk refused this (418).");
});

test("a wait is told in seconds", () => {
  assert.match(told(new Refused(429, "too-many-tries", "", [], 8), t), /Wait 8 seconds/);
  assert.match(told(new Refused(429, "too-many-tries", "", [], 1), t), /Wait 1 second,/);
});

test("faults stand beside their fields", () => {
  const rules = new Map([["name", "small letters"], ["role", ""]]);
  const errors = [{ where: "body.name", type: "string_pattern_mismatch" }, { where: "body.name", type: "x" }, { where: "body.role", type: "missing" }];
  assert.deepEqual(faults(new Refused(422, "invalid-input", "", errors), rules, {}, t), [
    { field: "name", text: "small letters" }, { field: "role", text: t("wrong_value") },
  ]);
  assert.deepEqual(faults(new Refused(409, "name-taken"), rules, { "name-taken": "name" }, t), [{ field: "name", text: t("problem_name_taken") }]);
  assert.deepEqual(faults(new Refused(409, "last-admin"), rules, { "name-taken": "name" }, t), [{ field: null, text: t("problem_last_admin") }]);
});

test("what is wrong in no field of the form is told for the whole form", () => {
  const found = faults(new Refused(422, "invalid-input", "", [{ where: "body", type: "x" }]), new Map([["name", ""]]), {}, t);
  assert.deepEqual(found, [{ field: null, text: t("problem_422") }]);
});

test("a refusal that names a field stands there, by its whole path", () => {
  const rules = new Map([["name.en", "small letters"], ["alert.headline.en", ""]]);
  const wrong = (/** @type {string} */ field) => new Refused(422, "station-wrong", "this is too long", [], 0, { field });
  assert.deepEqual(faults(wrong("alert.headline"), rules, {}, t), [{ field: "alert.headline.en", text: "this is too long." }]);
  assert.deepEqual(faults(wrong("elsewhere"), rules, {}, t), [{ field: null, text: "this is too long." }]);
  const invalid = new Refused(422, "invalid-input", "", [{ where: "body.name.en", type: "x" }]);
  assert.deepEqual(faults(invalid, rules, {}, t), [{ field: "name.en", text: "small letters" }]);
});
