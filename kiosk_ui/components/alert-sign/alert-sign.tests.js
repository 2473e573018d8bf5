import { check, equal } from "../../examples/bench.js";
import { KINDS } from "./alert-sign.examples.js";
import { alertSign } from "./alert-sign.js";

/** @import { ComponentTests } from "../../examples/bench.js" */

/** @type {ComponentTests} */
export const tests = {
  "every kind of a real alert has a shape of its own, and every kind its lines": () => {
    const shapes = KINDS.map((kind) => [...alertSign(kind).querySelectorAll("path")].map((path) => path.getAttribute("d")));
    equal(new Set(shapes.slice(0, 3).map(([shape]) => shape)).size, 3, "the number of shapes");
    equal(new Set(shapes.map(([, lines]) => lines)).size, KINDS.length, "the number of lines");
  },
  "hidden from screen readers": () => check(KINDS.every((kind) => alertSign(kind).getAttribute("aria-hidden") === "true"), "one is not"),
  "is as large as its surroundings' letters at least": (stage) => {
    const box = stage.place(alertSign("danger")).getBoundingClientRect();
    check(box.width >= 24 && Math.abs(box.width - box.height) < 2, `${box.width} × ${box.height}`);
  },
};
