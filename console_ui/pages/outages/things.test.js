import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { words } from "../../words.js";
import { outageName, stateOf, thingName } from "./things.js";

const t = words(JSON.parse(readFileSync(new URL("../../locales/en.json", import.meta.url), "utf8")));
const lift = { id: "lift-12", kind: "lift", name: "", platform: null, start: "Hall", goal: "Platforms 1 and 2", start_level: null, goal_level: null };
const platform = { ...lift, id: "hc2", kind: "platform", start: null, goal: null, platform: "2" };
const outage = (/** @type {any} */ more) => ({ id: "x", targets: ["lift-12"], reason: "", reasons: {}, since: "", until: null, origin: /** @type {const} */ ("api"), active: true, ...more });

test("a thing is named by its kind and where it is", () => {
  assert.equal(thingName(lift, t), "Lift, Hall – Platforms 1 and 2");
  assert.equal(thingName(platform, t), "Platform 2");
  assert.equal(thingName({ ...platform, kind: "entrance", name: "North exit", platform: null }, t), "Entrance, North exit");
});

test("an outage names all it closes, also what the map does not know", () => {
  assert.equal(outageName(outage({ targets: ["lift-12", "old"] }), [lift], t), "Lift, Hall – Platforms 1 and 2; old");
});

test("what holds now goes before what is to come", () => {
  const later = outage({ id: "later", active: false });
  assert.equal(stateOf(lift, [later, outage({})])?.id, "x");
  assert.equal(stateOf(lift, [later])?.id, "later");
  assert.equal(stateOf(platform, [later]), null);
});
