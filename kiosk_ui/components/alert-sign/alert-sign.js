/** @import { Kind } from "../../alerts.js" */

const SVG = "http://www.w3.org/2000/svg";

/** A shape of its own for every kind, on a 24-unit grid: what is filled, and the lines upon it. */
const SHAPES = /** @type {Record<Kind, {shape: string, lines: string}>} */ ({
  danger: { shape: "M7.4 1h9.2L23 7.4v9.2L16.6 23H7.4L1 16.6V7.4z", lines: "M12 5.5v8 M12 18.2v.2" },
  caution: { shape: "M12 1.5l11 20H1z", lines: "M12 8.5v6 M12 18.2v.1" },
  safe: { shape: "M12 23a11 11 0 1 0 0-22 11 11 0 0 0 0 22z", lines: "M6.5 12.5l4 4 7-8.5" },
  exercise: { shape: "M2 4h20v16H2z", lines: "M7 16.5v-9h10l-2.5 3 2.5 3H7" },
  test: { shape: "M2 4h20v16H2z", lines: "M7.5 12.2l3.2 3.3 6-7" },
  system: { shape: "M2 4h20v16H2z", lines: "M7 9h10 M7 12.5h10 M7 16h6" },
});

/**
 * Draws the sign of an alert, hidden from screen readers: the word beside it says the same.
 * @param {Kind} kind
 * @returns {SVGSVGElement}
 */
export function alertSign(kind) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `alert-sign ${kind}`);
  svg.setAttribute("aria-hidden", "true");
  for (const part of /** @type {const} */ (["shape", "lines"])) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("class", part);
    path.setAttribute("d", SHAPES[kind][part]);
    svg.append(path);
  }
  return svg;
}
