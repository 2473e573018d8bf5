import { all, equal, one, textOf } from "../../examples/bench.js";
import { card } from "./text-card.examples.js";

/** @import { ComponentTests } from "../../examples/bench.js" */

/** @type {ComponentTests} */
export const tests = {
  "a heading, and an item each": (stage) => {
    const part = stage.show({ data: card(stage, "Trains", "Ways") });
    equal(textOf(one(part, "h2")), "What I can do", "the heading");
    equal(all(part, "ul > li").map(textOf), ["Trains", "Ways"], "the items");
  },
  "text is text": (stage) => {
    const part = stage.show({ data: card(stage, "<b>bold</b> & more") });
    equal([all(part, "b").length, textOf(one(part, "li"))], [0, "<b>bold</b> & more"], "the item");
  },
  "other lines take the place of those before": (stage) => {
    const part = stage.show({ data: card(stage, "Trains", "Ways") });
    stage.update(part, { data: card(stage, "Air") });
    equal(all(part, "li").map(textOf), ["Air"], "the items");
  },
  "the same lines stay": (stage) => stage.staysTheSame(stage.show({ data: card(stage, "Trains") }), { data: card(stage, "Trains") }),
};
