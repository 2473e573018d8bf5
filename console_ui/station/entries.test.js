import assert from "node:assert/strict";
import { test } from "node:test";

import { changed, entryOf, fieldAt, get, idOf, lacking, together, valuesOf } from "./entries.js";

const cafe = () => ({ id: "cafe", name: { en: "Café" }, where: {}, stop: "A", aliases: ["bar", "coffee"], step_free: false, latitude: 1.5 });
const KINDS = { aliases: "list", step_free: "flag", latitude: "number" };
const kindOf = (path) => KINDS[path] ?? "text";

test("an entry is fields and fields are an entry; what no field shows stays", () => {
  const values = valuesOf(cafe(), ["name.en", "name.ko", "aliases", "step_free", "latitude", "hours"]);
  assert.deepEqual([...values.values()], ["Café", "", "bar\ncoffee", "no", "1.5", ""]);
  assert.deepEqual(entryOf(cafe(), values, kindOf), cafe());
  values.set("name.en", " ").set("name.ko", " 카페 ").set("aliases", "\n").set("step_free", "").set("latitude", "many").set("hours", "24/7");
  assert.deepEqual(entryOf(cafe(), values, kindOf), { id: "cafe", name: { ko: "카페" }, where: {}, stop: "A", latitude: "many", hours: "24/7" });
  assert.equal(get(cafe(), "name.en"), "Café");
});

test("a text of any language has a field of its own", () => {
  const sign = { id: "x", name: { "": "WC" } };
  assert.deepEqual([...valuesOf(sign, ["name.", "name.en"])], [["name.", "WC"], ["name.en", ""]]);
  assert.deepEqual(entryOf(sign, new Map([["name.", "00"]]), kindOf).name, { "": "00" });
  assert.deepEqual(lacking(sign.name, ["en", "ko"]), []);
  assert.deepEqual(lacking({ en: "WC" }, ["en", "ko"]), ["ko"]);
});

test("two people's changes are put together, and asked where both changed the same", () => {
  const base = new Map([["a", "1"], ["b", "1"], ["c", "1"], ["d", "1"]]);
  const mine = new Map([["a", "2"], ["b", "2"], ["c", "1 "], ["d", "2"]]);
  const theirs = new Map([["a", "1"], ["b", "3"], ["c", "3"], ["d", "2"]]);
  assert.deepEqual(changed(base, mine), ["a", "b", "d"]);
  const { values, conflicts } = together(base, mine, theirs);
  assert.deepEqual(Object.fromEntries(values), { a: "2", b: "2", c: "3", d: "2" });
  assert.deepEqual(conflicts, [{ key: "b", mine: "2", theirs: "3" }]);
});

test("a refusal finds its field", () => {
  const fields = ["name.en", "alert.headline.en", "alert.headline.ko", "rise"];
  assert.equal(fieldAt("alert.headline.ko", fields), "alert.headline.ko");
  assert.equal(fieldAt("alert.headline", fields), "alert.headline.en");
  assert.equal(fieldAt("rise.by", fields), "rise");
  assert.equal(fieldAt("nowhere", fields), null);
  assert.equal(fieldAt("", fields), null);
});

test("an id is made of the name", () => {
  assert.equal(idOf("Café Olé, 2nd floor", "place", []), "cafe-ole-2nd-floor");
  assert.equal(idOf("카페", "place", ["place", "place-2"]), "place-3");
  assert.match(idOf("x".repeat(80) + "-", "place", []), /^[a-z0-9][a-z0-9_.-]{0,63}$/);
});
