import assert from "node:assert/strict";
import { test } from "node:test";

import { alike, mergeNames, namesOf, rowsOf } from "./rows.js";

test("lines are names and names are lines", () => {
  const names = { Embarcadero: { en: "Em-bark-a-dairo" }, Millbrae: { zh: "米尔布雷", "": "Mill-bray" } };
  assert.deepEqual(namesOf(rowsOf(names)), names);
  assert.deepEqual(namesOf([{ written: " ", said: { en: "x" } }, { written: "Colma", said: { en: " ", ko: " 콜마 " } }, { written: "Y", said: {} }]), {
    Colma: { ko: "콜마" },
  });
});

test("what two people change is put together, and told where both changed the same", () => {
  const base = { A: { en: "ay" }, B: { en: "bee" }, C: { en: "sea" } };
  const mine = { A: { en: "AY" }, C: { en: "sea" } };
  const theirs = { A: { en: "eh" }, B: { en: "bee" }, C: { en: "see" }, D: { en: "dee" } };
  assert.deepEqual(mergeNames(base, mine, theirs), { names: { A: { en: "AY" }, C: { en: "see" }, D: { en: "dee" } }, both: ["A"] });
});

test("the order of names and languages makes no difference", () => {
  assert.ok(alike({ A: { en: "x", ko: "y" }, B: { en: "z" } }, { B: { en: "z" }, A: { ko: "y", en: "x" } }));
  assert.ok(!alike({ A: { en: "x" } }, { A: { en: "y" } }));
});
