import { el } from "../../../kiosk_ui/dom.js";
import { Refused } from "../../api.js";
import { languageName, spoken } from "../../content.js";
import { select } from "../../forms/fields.js";
import { form } from "../../forms/work-form.js";
import { Page } from "../../page.js";
import { steps } from "../../parts/steps.js";
import { conflictPanel } from "../../station/conflicts.js";
import { changed, together } from "../../station/entries.js";
import { localised } from "../../station/fields.js";
import { Edits, stationOf } from "../../station/reading.js";
import { factsOf, valuesOf } from "./rows.js";

/** @import { Field } from "../../forms/fields.js" */
/** @import { Values } from "../../station/entries.js" */
/** @import { Station } from "../../station/reading.js" */

/** What is said of a subject, its languages side by side. */
class FactsPage extends Page {
  /** @type {Station | null} */
  #station = null;
  /** @type {Values} */
  #base = new Map();
  /** @type {Field[]} */
  #fields = [];
  #panel = el("div", { class: "once" });
  #body = el("div", { class: "draft-head" });

  get unsaved() {
    return changed(this.#base, this.#typed()).length > 0;
  }

  async open() {
    const { t } = this.desk;
    const { element } = await steps(this.desk, this.place[0], "draft", "facts");
    this.#panel.replaceChildren();
    this.replaceChildren(element, el("p", { text: t("facts_text") }), this.#panel, this.#body);
    const station = await stationOf(this.desk, this.place[0]);
    this.#base = valuesOf(station.facts);
    this.#draw(station, this.#base, "");
  }

  #typed() {
    return new Map(this.#fields.map((field) => [field.name, field.value()]));
  }

  /** The form, with these words in it, and the focus at a subject. @param {Station} station @param {Values} values @param {string} at */
  #draw(station, values, at) {
    const { t, may } = this.desk;
    this.#station = station;
    const facts = factsOf(values, true);
    const subjects = Object.keys(facts);
    const made = subjects.map((subject) => localised({ path: subject, label: spoken(subject), text: facts[subject], rows: 3, needed: true, languages: station.languages, t }));
    this.#fields = made.flatMap(({ fields }) => fields);
    const edited = form({ t, fields: this.#fields, layout: made.map(({ element }) => element), submit: t("save"), kept: true, atField: true, locked: !may("editor"),
      send: () => this.#save() });
    const left = station.choices.subjects.filter((subject) => !subjects.includes(subject)).sort();
    this.#body.replaceChildren(subjects.length ? "" : el("p", { class: "none", text: t("no_facts") }), edited, may("editor") && left.length ? this.#adding(left) : "");
    const first = this.#fields.find(({ name }) => name.startsWith(`${at}.`));
    if (at) first?.control.focus();
  }

  /** @param {string[]} left */
  #adding(left) {
    const { t } = this.desk;
    const which = select({ name: "subject", label: t("fact_new"), options: left.map((subject) => [subject, spoken(subject)]) });
    const add = () => {
      const station = /** @type {Station} */ (this.#station);
      const values = this.#typed();
      for (const language of station.languages) values.set(`${which.value()}.${language}`, "");
      this.#draw(station, values, which.value());
    };
    const button = el("button", { type: "button", class: "quiet", text: t("fact_add"), on: { click: add } });
    return el("section", {}, which.element, el("p", { class: "buttons" }, button));
  }

  /** @returns {Promise<boolean>} */
  async #save() {
    const { t, tell } = this.desk;
    const station = /** @type {Station} */ (this.#station);
    if (!this.unsaved) {
      tell(t("nothing_to_save"));
      return true;
    }
    try {
      this.#station = await new Edits(this.desk, this.place[0]).put("facts", { facts: factsOf(this.#typed()) }, station.tag);
      this.#base = this.#typed();
      this.#panel.replaceChildren();
      tell(t("saved"));
      return true;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.status !== 412) throw Object.assign(error, { problem: { ...error.problem, field: String(error.problem.field ?? "").replace(/^facts\./, "") } });
      return this.#meet(error.problem.edits ?? []);
    }
  }

  /** Somebody saved first: both are put together. @param {import("../../station/conflicts.js").Edit[]} edits @returns {Promise<boolean>} */
  async #meet(edits) {
    const { t } = this.desk;
    const now = await stationOf(this.desk, this.place[0]);
    const saved = valuesOf(now.facts);
    const untouched = !changed(this.#base, saved).length && !changed(saved, this.#base).length;
    this.#station = now;
    if (untouched) return this.#save(); // It was another part of the station file.
    const { values, conflicts } = together(this.#base, this.#typed(), saved);
    this.#base = saved;
    this.#draw(now, values, "");
    const labelOf = (/** @type {string} */ key) => {
      const [subject, language] = key.split(".");
      return t("text_in", { what: spoken(subject), language: languageName(language) });
    };
    const choose = (/** @type {string} */ key, /** @type {string} */ value) => this.#fields.find(({ name }) => name === key)?.set(value);
    const { element, heading } = conflictPanel({ edits, conflicts, gone: false, labelOf, t, choose });
    this.#panel.replaceChildren(element);
    heading.focus();
    return false;
  }
}
customElements.define("facts-page", FactsPage);
export const page = FactsPage;
