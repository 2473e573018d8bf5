import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { test } from "node:test";

import { PAGES, whereOf } from "./pages.js";
import { ROLES, reaches } from "./roles.js";

const here = new URL("pages/", import.meta.url);

test("every folder of a page is in the list, and every line has its folder", () => {
  assert.deepEqual(PAGES.map(({ path }) => path).sort(), readdirSync(here).sort());
  for (const { path, role } of PAGES) {
    assert.ok(existsSync(new URL(`${path}/${path}.js`, here)), path);
    assert.ok(ROLES.includes(role), path);
  }
});

test("an address names a page and what it is about", () => {
  assert.deepEqual(whereOf("#/people"), { where: "people", path: "people", place: [] });
  assert.equal(whereOf("").path, "overview");
  assert.equal(whereOf("#/").path, "overview");
  assert.deepEqual(whereOf("#/topic/0123456789ab/small%20talk").place, ["0123456789ab", "small talk"]);
  assert.deepEqual(whereOf("#/topic/%E0%A4%A/x").place, ["%E0%A4%A", "x"]);
});

test("a page that is under another is under one of the list", () => {
  const listed = PAGES.filter(({ under }) => !under).map(({ path }) => path);
  assert.ok(PAGES.every(({ under }) => !under || listed.includes(under)));
});

test("each role may what those before it may", () => {
  assert.ok(reaches("admin", "viewer"));
  assert.ok(reaches("editor", "editor"));
  assert.ok(!reaches("editor", "publisher"));
});
