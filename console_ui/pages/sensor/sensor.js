import { text } from "../../forms/fields.js";
import { get } from "../../station/entries.js";
import { EntryPage } from "../../station/entry-page.js";
import { duration, group, localised, number, oneOf, row, tick } from "../../station/fields.js";
import { localised as inEnglish, named } from "../../words.js";

/** @import { Entry } from "../../station/entries.js" */
/** @import { Made } from "../../station/entry-page.js" */
/** @import { Station } from "../../station/reading.js" */

/** The usual unit of what is measured. */
const UNITS = /** @type {Record<string, string>} */ ({
  pm1: "µg/m³", pm2_5: "µg/m³", pm10: "µg/m³", co2: "ppm", temperature: "°C", humidity: "%", pressure: "hPa", no2: "ppb", o3: "ppb", co: "ppm",
  so2: "ppb", voc: "index", smoke: "state", heat_alarm: "state", co_alarm: "state", water_leak: "state", call_point: "state",
});

/** A sensor of the air, or a detector. */
class SensorPage extends EntryPage {
  section = /** @type {const} */ ("sensors");

  /** @param {Station} station */
  fresh({ choices }) {
    const quantity = choices.quantities.includes("co2") ? "co2" : choices.quantities[0] ?? "co2";
    return { quantity, unit: UNITS[quantity] ?? "", silent_s: 900, stuck_s: 0, indoor: true };
  }

  /** @param {Entry} sensor @param {Station} station @returns {Made} */
  build(sensor, { languages, choices }) {
    const { t } = this.desk;
    const value = (/** @type {string} */ path) => String(get(sensor, path) ?? "");
    const name = localised({ path: "name", label: t("sensor_name"), text: sensor.name, needed: true, languages, t });
    const area = localised({ path: "area", label: t("sensor_area"), hint: t("sensor_area_hint"), text: sensor.area, needed: true, languages, t });
    const quantity = oneOf({ name: "quantity", label: t("measures"), value: value("quantity"),
      options: choices.quantities.map((each) => /** @type {[string, string]} */ ([each, named(t, "quantity", each)])) });
    const unit = text({ name: "unit", label: t("sensor_unit"), hint: t("sensor_unit_hint"), required: t("sensor_unit_missing"), value: value("unit") });
    const level = oneOf({ name: "level", label: t("place_level"), value: value("level"),
      options: [["", t("not_said")], ...choices.levels.map(({ id, name: names }) => /** @type {[string, string]} */ ([id, inEnglish(names) || id]))] });
    const zone = text({ name: "zone", label: t("sensor_zone"), hint: t("sensor_zone_hint"), value: value("zone") });
    const source = text({ name: "source", label: t("sensor_source"), hint: t("sensor_source_hint"), required: t("sensor_source_missing"), value: value("source") });
    const silent = duration({ name: "silent_s", label: t("sensor_silent"), hint: t("sensor_silent_hint"), value: value("silent_s"), t });
    const stuck = duration({ name: "stuck_s", label: t("sensor_stuck"), hint: t("sensor_stuck_hint"), value: value("stuck_s"), t });
    const indoor = tick({ name: "indoor", label: t("sensor_indoor"), value: sensor.indoor === false ? "no" : "yes" });
    const factor = number({ name: "calibration.factor", label: t("sensor_factor"), hint: t("sensor_factor_hint"), value: value("calibration.factor"), t });
    const offset = number({ name: "calibration.offset", label: t("sensor_offset"), value: value("calibration.offset"), t });
    const on = text({ name: "calibration.on", label: t("sensor_on"), type: "date", value: value("calibration.on") });
    quantity.control.addEventListener("change", () => unit.set(UNITS[quantity.value()] ?? unit.value()));
    return {
      fields: [...name.fields, quantity, unit, source, ...area.fields, level, zone, indoor, silent, stuck, factor, offset, on],
      layout: [name.element, row(quantity, unit), source.element, group(t("sensor_place"), area.element, row(level, zone), indoor.element),
        group(t("sensor_trust"), row(silent, stuck)), group(t("sensor_calibration"), row(factor, offset, on))],
      kinds: { silent_s: "number", stuck_s: "number", indoor: "flag", "calibration.factor": "number", "calibration.offset": "number" },
    };
  }
}
customElements.define("sensor-page", SensorPage);
export const page = SensorPage;
