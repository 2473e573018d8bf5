import { el } from "../../../kiosk_ui/dom.js";
import { languageName } from "../../content.js";
import { Page } from "../../page.js";
import { mark, time } from "../../parts/mark.js";
import { steps } from "../../parts/steps.js";
import { table } from "../../parts/work-table.js";
import { lacking } from "../../station/entries.js";
import { stationOf } from "../../station/reading.js";
import { moment } from "../../times.js";
import { localised, named } from "../../words.js";

/** @import { Entry } from "../../station/entries.js" */
/** @typedef {{id: string, unit: string, value: number | null, measured_at: string | null, silent: boolean}} Live */

const EVERY_S = 30;

/** The sensors of a draft, with what they say now at the kiosk. */
class SensorsPage extends Page {
  /** @type {Entry[]} */
  #sensors = [];

  async open() {
    const { t, may } = this.desk;
    const [draft] = this.place;
    const { element } = await steps(this.desk, draft, "draft", "sensors");
    this.replaceChildren(element);
    const { sensors, languages } = await stationOf(this.desk, draft);
    this.#sensors = sensors;
    this.table = this.#table(draft, languages);
    await this.#look();
    const add = el("p", {}, el("a", { class: "add", href: `#/sensor/${draft}`, text: t("new_of_sensors") }));
    this.replaceChildren(element, el("p", { text: t("sensors_text") }), may("editor") ? add : "", this.table);
    this.every(EVERY_S, () => this.#look());
  }

  async #look() {
    const { sensors } = await this.desk.api.ask("GET", "overview");
    const live = new Map(sensors.map((/** @type {Live} */ one) => [one.id, one]));
    this.table?.update(this.#sensors.map((sensor) => ({ ...sensor, live: live.get(sensor.id) ?? null })));
  }

  /** @param {string} draft @param {string[]} languages */
  #table(draft, languages) {
    const { t } = this.desk;
    const lacks = (/** @type {Entry} */ { name, area }) => {
      const found = [...new Set([...lacking(name, languages), ...lacking(area, languages)])];
      return found.length ? mark("warn", found.map(languageName).join(", ")) : mark("good", t("nothing_missing"));
    };
    const value = (/** @type {Live | null} */ live) => {
      if (!live || live.value === null) return t("no_value");
      const read = live.unit === "state" ? t(live.value ? "sounds" : "quiet") : `${Number(live.value.toPrecision(4))} ${live.unit}`;
      return el("div", {}, el("p", { text: read }), live.measured_at ? el("p", { class: "hint" }, time(live.measured_at, moment(live.measured_at))) : "");
    };
    const state = (/** @type {Live | null} */ live) => {
      if (!live) return mark("quiet", t("not_in_service"));
      return live.silent ? mark("bad", t("silent")) : mark("good", t("reports_in"));
    };
    return table({
      caption: t("page_sensors"), empty: t("no_sensors"), key: (/** @type {Entry} */ { id }) => id,
      columns: [
        { title: t("sensor"), head: true, cell: ({ id, name }) => el("a", { href: `#/sensor/${draft}/${encodeURIComponent(id)}`, text: localised(name) || id }) },
        { title: t("measures"), cell: ({ quantity }) => named(t, "quantity", quantity) },
        { title: t("where"), cell: ({ area }) => localised(area) },
        { title: t("value"), cell: ({ live }) => value(live) },
        { title: t("state"), cell: ({ live }) => state(live) },
        { title: t("translation_missing"), cell: lacks },
      ],
    });
  }
}
customElements.define("sensors-page", SensorsPage);
export const page = SensorsPage;
