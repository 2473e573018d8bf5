import { HEIGHT, extremes, heightOf, pieces } from "../../air-day.js";
import { el } from "../../dom.js";
import { hoursAndMinutes } from "../../station-clock.js";

/** @import { View } from "../../dom.js" */
/** @import { AirHour } from "../../protocol.js" */

const SVG = "http://www.w3.org/2000/svg";
/** Width of a bar, of the 10 that an hour has. */
const BAR = 7;
const HOURS = 24;
const MARK_HOURS = 6;

/** The last 24 hours as far as they are known, a bar an hour up to now: higher for worse air, in as many pieces as its band's number. @param {AirHour[]} day @param {View} view */
export function dayChart(day, { t, tag }) {
  const found = extremes(day);
  if (!found) return null;
  const number = new Intl.NumberFormat(tag, { maximumFractionDigits: 0 });
  const { best, worst } = found;
  const count = day.length;
  const sentence = t("air_day_words", {
    count, best: number.format(best.value), best_at: hoursAndMinutes(best.at), worst: number.format(worst.value), worst_at: hoursAndMinutes(worst.at),
  });
  const unknown = Array.from({ length: Math.max(0, HOURS - count) }, () => el("span"));
  const hours = day.map(({ at }) => el("span", { text: Number(at.slice(11, 13)) % MARK_HOURS === 0 ? hoursAndMinutes(at) : "" }));
  return el("figure", { class: "day" }, el("h3", { text: t("air_day", { count }) }), drawing(day, worst.value, sentence),
    el("div", { class: "hours", "aria-hidden": "true" }, ...unknown, ...hours), el("figcaption", { "aria-hidden": "true", text: sentence }));
}

/** @param {AirHour[]} day @param {number} highest @param {string} sentence */
function drawing(day, highest, sentence) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `0 0 ${Math.max(HOURS, day.length) * 10} ${HEIGHT}`);
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", sentence);
  const first = Math.max(0, HOURS - day.length);
  day.forEach((hour, at) => svg.append(bar(hour, (first + at) * 10 + (10 - BAR) / 2, highest)));
  return svg;
}

/** @param {AirHour} hour @param {number} left @param {number} highest */
function bar({ value, band }, left, highest) {
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("class", value === null ? "none" : `band-${band ?? 0}`);
  path.setAttribute("d", pieces(heightOf(value, highest), band ?? 1).map(([top, high]) => `M${left} ${top}h${BAR}v${high}h-${BAR}z`).join(""));
  return path;
}
