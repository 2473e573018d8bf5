import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { test } from "node:test";

import { PAGES, pathOf } from "./pages.js";
import { ROLES, reaches } from "./roles.js";

const here = new URL("pages/", import.meta.url);

test("every folder of a page is in the list, and every line has its folder", () => {
  assert.deepEqual(PAGES.map(({ path }) => path).sort(), readdirSync(here).sort());
  for (const { path, role } of PAGES) {
    assert.ok(existsSync(new URL(`${path}/${path}.js`, here)), path);
    assert.ok(ROLES.includes(role), path);
  }
});

test("an address names a page", () => {
  assert.equal(pathOf("#/people"), "people");
  assert.equal(pathOf(""), "overview");
  assert.equal(pathOf("#/"), "overview");
});

test("each role may what those before it may", () => {
  assert.ok(reaches("admin", "viewer"));
  assert.ok(reaches("editor", "editor"));
  assert.ok(!reaches("editor", "publisher"));
});
