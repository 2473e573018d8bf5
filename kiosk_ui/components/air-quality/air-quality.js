import { Part, el } from "../../dom.js";
import { icon } from "../../icons.js";
import { hoursAndMinutes } from "../../station-clock.js";
import { dayChart } from "./day-chart.js";

/** @import { View } from "../../dom.js" */
/** @import { AirQualityCard, SensorRow } from "../../protocol.js" */

const SCALE = ["good", "moderate", "sensitive", "unhealthy", "very_unhealthy", "hazardous"];

/** The six bands, the present one marked by shape; the text says the same. @param {AirQualityCard} card */
function scale(card) {
  return el("div", { class: "scale", "aria-hidden": "true" },
    ...SCALE.map((band, at) => el("span", { class: `band ${band}${at + 1 === card.band ? " here" : ""}` })));
}

/** @param {SensorRow} sensor @param {View} view */
function reading({ label, value, unit, silent }, { t, tag }) {
  const missing = silent || value === null;
  const figure = missing ? t("air_silent") : `${new Intl.NumberFormat(tag, { maximumFractionDigits: 1 }).format(value)} ${unit}`;
  return el("div", { class: missing ? "reading silent" : "reading" }, el("dt", { text: label }), el("dd", { text: figure }));
}

/** @param {AirQualityCard} card @param {View} view */
function byArea(card, view) {
  /** @type {Map<string, SensorRow[]>} */
  const areas = new Map();
  for (const sensor of card.sensors) areas.set(sensor.area, [...(areas.get(sensor.area) ?? []), sensor]);
  return [...areas].map(([area, sensors]) =>
    el("section", { class: "area" }, el("h3", { text: area }), el("dl", {}, ...sensors.map((sensor) => reading(sensor, view)))));
}

/** How the air is: the index, its band, its last 24 hours, and every sensor; or, compact, one line for the idle screen. */
export class AirQuality extends Part {
  /**
   * @param {AirQualityCard} card
   * @param {View} view
   * @param {boolean} [compact]
   */
  update(card, view, compact = false) {
    this.classList.toggle("compact", compact);
    this.when("air", [card, view.tag, compact], () => this.#draw(card, view, compact));
  }

  /** @param {AirQualityCard} card @param {View} view @param {boolean} compact */
  #draw(card, view, compact) {
    const { t } = view;
    const origin = t(card.equivalent ? "air_equivalent" : "air_index", { system: card.system });
    const index = card.index === null ? null : el("span", { class: "index", text: String(card.index) });
    const words = el("div", { class: "words" },
      el("h2", { class: "heading", text: t("air_title") }),
      el("p", { class: "label", text: card.label }));
    const figure = el("div", { class: "figure" }, index, el("p", { class: "origin", text: origin }));
    const head = el("div", { class: "head" }, icon("air"), words, scale(card), figure);
    if (compact) return this.replaceChildren(head);
    const since = el("p", { class: "since", text: t("air_since", { time: hoursAndMinutes(card.at) }) });
    const day = dayChart(card.day ?? [], view);
    this.replaceChildren(head, ...(day ? [day] : []), el("div", { class: "areas" }, ...byArea(card, view)), since);
  }
}

customElements.define("air-quality", AirQuality);
