import assert from "node:assert/strict";
import { test } from "node:test";

import { found, inOrder } from "./search.js";

const PLACES = [
  { id: "shop-1", name: { en: "Corner Shop", ko: "편의점" }, category: "shop" }, { id: "books", name: { en: "Books" }, category: "shop", aliases: ["corner of books"] },
  { id: "cafe", name: { en: "Café" }, category: "cafe" },
];
const ids = (places) => places.map(({ id }) => id);

test("places are found by every word of their names, in any language, and by kind", () => {
  assert.deepEqual(ids(found(PLACES, " CORNER ", "")), ["shop-1", "books"]);
  assert.deepEqual(ids(found(PLACES, "corner books", "shop")), ["books"]);
  assert.deepEqual(ids(found(PLACES, "편의", "")), ["shop-1"]);
  assert.deepEqual(ids(found(PLACES, "", "cafe")), ["cafe"]);
  assert.deepEqual(ids(found(PLACES, "corner", "cafe")), []);
});

test("kinds stand together, names in order", () => {
  assert.deepEqual(ids(inOrder(PLACES)), ["cafe", "books", "shop-1"]);
});
