import { el } from "../../../kiosk_ui/dom.js";
import { get } from "../../station/entries.js";
import { EntryPage } from "../../station/entry-page.js";
import { duration, group, localised, number, oneOf, row, tick, ticks } from "../../station/fields.js";
import { hoursField } from "../../station/hours-field.js";
import { shaped, unshaped } from "../../station/rule-words.js";
import { mark } from "../../parts/mark.js";
import { localised as inEnglish, named } from "../../words.js";

/** @import { Entry } from "../../station/entries.js" */
/** @import { Made } from "../../station/entry-page.js" */
/** @import { Station } from "../../station/reading.js" */
/** @import { Words } from "../../words.js" */

const CHOICES = {
  category: ["Safety", "Health", "Env", "Fire", "Rescue", "Security", "Transport", "Infra", "Met", "Geo", "CBRNE", "Other"],
  severity: ["Minor", "Moderate", "Severe", "Extreme", "Unknown"],
  urgency: ["Immediate", "Expected", "Future", "Past", "Unknown"],
  certainty: ["Observed", "Likely", "Possible", "Unlikely", "Unknown"],
  response: ["None", "Monitor", "Assess", "Avoid", "Prepare", "Shelter", "Evacuate", "Execute", "AllClear"],
};
/** The word for each of them. @type {Record<string, (t: Words, value: string) => string>} */
const NAMED = {
  category: (t, value) => named(t, "category", value), severity: (t, value) => named(t, "severity", value), urgency: (t, value) => named(t, "urgency", value),
  certainty: (t, value) => named(t, "certainty", value), response: (t, value) => named(t, "response", value),
};
const KINDS = /** @type {const} */ ({
  sensors: "list", amount: "number", within_s: "number", hold_s: "number", clear: "number", clear_s: "number", confirm: "number", confirm_s: "number",
  latch: "flag", "alert.life_safety": "flag", "alert.staff": "flag",
});
const ALSO = { above: "amount", below: "amount", rise: "amount", "rise.by": "amount", "rise.within_s": "within_s" };

/** What is worth a warning, and what is told then. */
class RulePage extends EntryPage {
  section = /** @type {const} */ ("rules");

  /** @param {Entry} rule */
  shaped(rule) {
    return shaped(rule);
  }

  /** @param {Entry} shape */
  unshaped(shape) {
    return unshaped(shape);
  }

  /** @param {Entry} rule */
  naming(rule) {
    return rule.alert?.event ?? {};
  }

  fresh() {
    return { sensors: [], hold_s: 60, clear_s: 60, alert: { category: "Safety", severity: "Moderate", urgency: "Immediate", certainty: "Observed", response: "Monitor" } };
  }

  /** @param {Entry} rule @param {Station} station @returns {Made} */
  build(rule, { languages, sensors }) {
    const { t } = this.desk;
    const texts = this.#texts(rule, languages);
    const when = this.#when(rule, sensors);
    const weight = this.#weight(rule);
    return {
      fields: [...texts.fields, ...when.fields, ...weight.fields],
      layout: [group(t("rule_told"), ...texts.layout), group(t("rule_when"), ...when.layout), group(t("rule_weight"), ...weight.layout)],
      kinds: KINDS, also: ALSO,
    };
  }

  /** @param {Entry} rule @param {string[]} languages */
  #texts({ alert }, languages) {
    const { t } = this.desk;
    const made = [
      localised({ path: "alert.event", label: t("rule_event"), hint: t("rule_event_hint"), text: alert.event, needed: true, languages, t }),
      localised({ path: "alert.headline", label: t("rule_headline"), hint: t("rule_headline_hint"), text: alert.headline, rows: 2, needed: true, languages, t }),
      localised({ path: "alert.instruction", label: t("rule_instruction"), hint: t("rule_instruction_hint"), text: alert.instruction, rows: 2, languages, t }),
    ];
    return { fields: made.flatMap(({ fields }) => fields), layout: made.map(({ element }) => element) };
  }

  /** @param {Entry} rule @param {Entry[]} sensors */
  #when(rule, sensors) {
    const { t } = this.desk;
    const value = (/** @type {string} */ path) => String(get(rule, path) ?? "");
    const labelled = sensors.map(({ id, name, quantity, unit }) =>
      ({ key: id, label: `${inEnglish(name) || id} (${named(t, "quantity", quantity)}${unit === "state" ? "" : `, ${unit}`})` }));
    const watched = ticks({ name: "sensors", label: t("rule_sensors"), required: t("rule_sensors_missing"), options: labelled, value: (rule.sensors ?? []).join("\n") });
    const condition = oneOf({ name: "condition", label: t("rule_condition"), value: value("condition"),
      options: [["above", t("is_above")], ["below", t("is_below")], ["rise", t("rises_by")]] });
    const amount = number({ name: "amount", label: t("rule_amount"), hint: t("rule_amount_hint"), required: t("rule_amount_missing"), value: value("amount"), t });
    const within = duration({ name: "within_s", label: t("rule_within"), value: value("within_s"), t });
    const hold = duration({ name: "hold_s", label: t("rule_hold"), hint: t("rule_hold_hint"), value: value("hold_s"), t });
    const clear = number({ name: "clear", label: t("rule_clear"), hint: t("rule_clear_hint"), value: value("clear"), t });
    const clears = duration({ name: "clear_s", label: t("rule_clear_s"), value: value("clear_s"), t });
    const confirm = number({ name: "confirm", label: t("rule_confirm"), hint: t("rule_confirm_hint"), value: value("confirm"), least: 0, t });
    const confirms = duration({ name: "confirm_s", label: t("rule_confirm_s"), value: value("confirm_s"), t });
    const hours = hoursField({ name: "hours", label: t("rule_hours"), unset: t("rule_always"), value: value("hours"), t });
    const latch = tick({ name: "latch", label: t("rule_latch"), value: rule.latch ? "yes" : "no" });
    const show = () => (within.element.hidden = condition.value() !== "rise");
    condition.control.addEventListener("change", show);
    show();
    return {
      fields: [watched, condition, amount, within, hold, clear, clears, confirm, confirms, hours, latch],
      layout: [watched.element, row(condition, amount, within, hold), row(clear, clears), row(confirm, confirms), hours.element, latch.element],
    };
  }

  /** @param {Entry} rule */
  #weight({ alert }) {
    const { t, confirm } = this.desk;
    const ask = (/** @type {boolean} */ on) =>
      confirm(on ? { title: t("life_on"), text: t("life_on_text"), yes: t("life_on_yes") } : { title: t("life_off"), text: t("life_off_text"), yes: t("life_off_yes") });
    const life = tick({ name: "alert.life_safety", label: t("rule_life"), hint: t("rule_life_hint"), value: alert.life_safety ? "yes" : "no", ask });
    const staff = tick({ name: "alert.staff", label: t("rule_staff"), hint: t("rule_staff_hint"), value: alert.staff ? "yes" : "no" });
    const choices = Object.entries(CHOICES).map(([key, values]) => oneOf({ name: `alert.${key}`, label: t(`rule_${key}`), value: alert[key] ?? "",
      options: values.map((each) => /** @type {[string, string]} */ ([each, NAMED[key](t, each)])) }));
    const warning = el("div", { class: "danger" }, mark("bad", t("life_warning"), "warning"), life.element);
    return { fields: [life, staff, ...choices], layout: [warning, staff.element, row(...choices)] };
  }
}
customElements.define("rule-page", RulePage);
export const page = RulePage;
