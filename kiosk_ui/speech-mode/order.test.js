import assert from "node:assert/strict";
import { test } from "node:test";

import { askingFirst } from "./order.js";

/** An item within an element that one of the selectors means. */
const item = (key, within = "") => ({ key, element: { closest: (selector) => (selector.split(", ").includes(within) ? {} : null) } });

test("after the station's name and what is wrong now come talking and the tiles, then all else in the order of the page", () => {
  const page = [
    item("name", "station-header h1"), item("date"), item("no hearing", "station-header .notices"), item("alert", "alert-banner"), item("board"),
    item("tile 1", "suggestion-tiles"), item("tile 2", "suggestion-tiles"), item("type"), item("talk", "talk-button"), item("language"),
  ];
  const order = ["name", "no hearing", "alert", "talk", "tile 1", "tile 2", "date", "board", "type", "language"];
  assert.deepEqual(askingFirst(page).map(({ key }) => key), order);
});
