import { spoken } from "../../content.js";
import { text } from "../../forms/fields.js";
import { get } from "../../station/entries.js";
import { EntryPage } from "../../station/entry-page.js";
import { area, group, localised, oneOf, row } from "../../station/fields.js";
import { hoursField } from "../../station/hours-field.js";
import { localised as inEnglish } from "../../words.js";

/** @import { Entry } from "../../station/entries.js" */
/** @import { Made } from "../../station/entry-page.js" */
/** @import { Station } from "../../station/reading.js" */

/** A place of the station: what it is called, where it is, when it is open. */
class PlacePage extends EntryPage {
  section = /** @type {const} */ ("places");

  /** @param {Station} station */
  fresh({ choices }) {
    return { category: choices.categories.includes("shop") ? "shop" : choices.categories[0] ?? "" };
  }

  /** @param {Entry} place @param {Station} station @returns {Made} */
  build(place, { languages, choices }) {
    const { t } = this.desk;
    const shared = { languages, t };
    const value = (/** @type {string} */ path) => String(get(place, path) ?? "");
    const name = localised({ path: "name", label: t("place_name"), text: place.name, needed: true, ...shared });
    const where = localised({ path: "where", label: t("place_where"), hint: t("place_where_hint"), text: place.where, rows: 2, needed: true, ...shared });
    const note = localised({ path: "note", label: t("place_note"), hint: t("place_note_hint"), text: place.note, rows: 2, ...shared });
    const category = oneOf({ name: "category", label: t("place_kind"), value: value("category"),
      options: choices.categories.map((each) => /** @type {[string, string]} */ ([each, spoken(each)])).sort((one, other) => one[1].localeCompare(other[1])) });
    const level = oneOf({ name: "level", label: t("place_level"), value: value("level"),
      options: [["", t("not_said")], ...choices.levels.map(({ id, name: names }) => /** @type {[string, string]} */ ([id, inEnglish(names) || id]))] });
    const steps = oneOf({ name: "step_free", label: t("place_step_free"), value: place.step_free === undefined ? "" : place.step_free ? "yes" : "no",
      options: [["", t("not_known")], ["yes", t("step_free_yes")], ["no", t("step_free_no")]] });
    const phone = text({ name: "phone", label: t("place_phone"), value: value("phone") });
    const hours = hoursField({ name: "hours", label: t("place_hours"), unset: t("hours_not_known"), value: value("hours"), t });
    const aliases = area({ name: "aliases", label: t("place_aliases"), hint: t("place_aliases_hint"), rows: 3, value: (place.aliases ?? []).join("\n") });
    return {
      fields: [...name.fields, category, level, steps, phone, ...where.fields, hours, ...note.fields, aliases],
      layout: [name.element, row(category, level, steps, phone), where.element, hours.element, group(t("more_about"), note.element, aliases.element)],
      kinds: { aliases: "list", step_free: "flag" },
    };
  }
}
customElements.define("place-page", PlacePage);
export const page = PlacePage;
