import assert from "node:assert/strict";
import { test } from "node:test";

import { bySilence, news } from "./changes.js";

const sensor = (id, silent) => ({ id, silent });
const seen = (changes = {}) => ({ status: "ready", alerts: [], sensors: [sensor("a", false)], reports_waiting: 0, ...changes });

test("silent sensors come first, the others stay in order", () => {
  const sensors = [sensor("a", false), sensor("b", true), sensor("c", false), sensor("d", true)];
  assert.deepEqual(bySilence(sensors).map(({ id }) => id), ["b", "d", "a", "c"]);
});

test("only what is new is said aloud", () => {
  assert.deepEqual(news(seen(), seen()), []);
  const worse = seen({ status: "degraded", alerts: [{ id: "x" }], sensors: [sensor("a", true)], reports_waiting: 2 });
  assert.deepEqual(news(seen(), worse), ["alert", "worse", "report", "sensor"]);
  assert.deepEqual(news(worse, worse), []);
  assert.deepEqual(news(worse, seen()), ["better"]);
});
