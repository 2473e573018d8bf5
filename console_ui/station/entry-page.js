import { el } from "../../kiosk_ui/dom.js";
import { Refused } from "../api.js";
import { form } from "../forms/work-form.js";
import { Page } from "../page.js";
import { steps } from "../parts/steps.js";
import { localised } from "../words.js";
import { conflictPanel } from "./conflicts.js";
import { changed, entryOf, idOf, together, valuesOf } from "./entries.js";
import { Edits, stationOf } from "./reading.js";

/** @import { Field } from "../forms/fields.js" */
/** @import { WorkForm } from "../forms/work-form.js" */
/** @import { Entry, Kind, Values } from "./entries.js" */
/** @import { Section, Station } from "./reading.js" */
/**
 * What a form of an entry is made of; `also` says which field is meant where the file has another key.
 * @typedef {{fields: Field[], layout: Node[], kinds?: Record<string, Kind>, also?: Record<string, string>}} Made
 */

const TRIES = 3;

/** One entry of a list of the station file: edited, made, taken out. Two people at it lose nothing. */
export class EntryPage extends Page {
  /** @type {Section} */
  section = "places";
  /** @type {Station | null} */
  station = null;
  /** As it was read, in the shape of the form. @type {Entry} */
  #entry = {};
  #id = "";
  /** @type {Values} */
  #base = new Map();
  /** @type {Made} */
  #made = { fields: [], layout: [] };
  /** @type {WorkForm | null} */
  #form = null;
  #panel = el("div", { class: "once" });

  /** The fields of an entry. @param {Entry} _entry  in the shape of the form @param {Station} _station @returns {Made} */
  build(_entry, _station) {
    throw new Error("a page of an entry says its fields");
  }

  /** An entry in the shape of the form. @param {Entry} entry @returns {Entry} */
  shaped(entry) {
    return entry;
  }

  /** Back again. @param {Entry} shaped @returns {Entry} */
  unshaped(shaped) {
    return shaped;
  }

  /** What names an entry. @param {Entry} entry @returns {Record<string, string>} */
  naming(entry) {
    return entry.name ?? {};
  }

  /** What a new one begins with. @param {Station} _station @returns {Entry} */
  fresh(_station) {
    return {};
  }

  get unsaved() {
    return this.#form !== null && changed(this.#base, this.#typed()).length > 0;
  }

  async open() {
    const { t } = this.desk;
    const [draft, id = ""] = this.place;
    const { element } = await steps(this.desk, draft, "draft", this.section);
    this.replaceChildren(element);
    const station = await stationOf(this.desk, draft);
    const found = station[this.section].find((each) => each.id === id);
    if (id && !found) throw new Refused(404, "entry-not-found");
    this.station = station;
    this.#id = id;
    this.#entry = this.shaped(found ?? this.fresh(station));
    const title = el("h2", { text: found ? localised(this.naming(found)) || id : t(`new_of_${this.section}`) });
    const back = el("a", { href: `#/${this.section}/${draft}`, text: t(`all_of_${this.section}`) });
    this.#panel.replaceChildren();
    this.replaceChildren(element, el("p", {}, back), title, this.#panel, this.#drawn(station));
  }

  /** @param {Station} station */
  #drawn(station) {
    const { t, may } = this.desk;
    this.#made = this.build(this.#entry, station);
    const remove = el("button", { type: "button", class: "quiet", text: t("take_out"), on: { click: () => void this.attempt(() => this.#remove()) } });
    this.#form = form({
      t, fields: this.#made.fields, layout: this.#made.layout, submit: t("save"), send: () => this.#save(), kept: true, atField: true,
      locked: !may("editor"), beside: this.#id ? [remove] : [],
    });
    this.#base = this.#typed();
    return this.#form;
  }

  #typed() {
    return new Map(this.#made.fields.map((field) => [field.name, String(field.value() ?? "")]));
  }

  /** @param {Entry} shaped */
  #values(shaped) {
    return valuesOf(shaped, this.#made.fields.map(({ name }) => name));
  }

  /** @returns {Promise<boolean>} whether it was saved */
  async #save() {
    const { t, tell } = this.desk;
    if (this.#id && !this.unsaved) {
      tell(t("nothing_to_save"));
      return true;
    }
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.#send();
        return true;
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        error.problem.field = this.#made.also?.[error.problem.field] ?? error.problem.field;
        if (error.status !== 412 || attempt === TRIES) throw error;
        if (!(await this.#meet(error.problem.edits ?? []))) return false;
      }
    }
  }

  async #send() {
    const { t, tell } = this.desk;
    const station = /** @type {Station} */ (this.station);
    const shaped = entryOf(this.#entry, this.#typed(), (path) => this.#made.kinds?.[path] ?? "text");
    const entry = this.unshaped(shaped);
    const id = this.#id || idOf(localised(this.naming(entry)), this.section.slice(0, -1), station[this.section].map((each) => each.id));
    const saved = await new Edits(this.desk, this.place[0]).put(`${this.section}/${id}`, { ...entry, id }, station.tag);
    this.station = saved;
    this.#panel.replaceChildren();
    this.#base = this.#typed();
    if (!this.#id) return this.#goOn(`#/${this.section.slice(0, -1)}/${this.place[0]}/${encodeURIComponent(id)}`, t("saved"));
    this.#entry = this.shaped(saved[this.section].find((each) => each.id === id) ?? entry);
    for (const column of this.querySelectorAll(".column:has(> .mark)")) {
      if (/** @type {HTMLInputElement | null} */ (column.querySelector("textarea, input"))?.value.trim()) column.querySelector(":scope > .mark")?.remove();
    }
    tell(t("saved"));
  }

  /** @param {string} hash @param {string} words  told on the page that comes */
  #goOn(hash, words) {
    queueMicrotask(() => {
      location.hash = hash;
      setTimeout(() => this.desk.tell(words), 300);
    });
  }

  /**
   * Somebody has saved the station file since. Where it was not this entry, it is only sent again; else both are put together and looked at.
   * @param {import("./conflicts.js").Edit[]} edits @returns {Promise<boolean>} whether to send again at once
   */
  async #meet(edits) {
    const { t } = this.desk;
    const now = await stationOf(this.desk, this.place[0]);
    this.station = now;
    if (!this.#id) return true;
    const theirs = now[this.section].find((each) => each.id === this.#id);
    const saved = theirs ? this.#values(this.shaped(theirs)) : this.#base;
    if (theirs && !changed(this.#base, saved).length) return true;
    const { values, conflicts } = together(this.#base, this.#typed(), saved);
    if (theirs) this.#entry = this.shaped(theirs);
    this.#base = theirs ? saved : new Map();
    for (const field of this.#made.fields) {
      const value = values.get(field.name) ?? "";
      if (String(field.value() ?? "") !== value) field.set(value);
    }
    const labelOf = (/** @type {string} */ key) => {
      const label = this.#made.fields.find(({ name }) => name === key)?.element.querySelector("label, legend");
      return label?.textContent ?? key;
    };
    const choose = (/** @type {string} */ key, /** @type {string} */ value) => this.#made.fields.find(({ name }) => name === key)?.set(value);
    const own = edits.filter(({ what }) => what.includes(`${this.section}.${this.#id}`));
    const { element, heading } = conflictPanel({ edits: own.length ? own : edits, conflicts, gone: !theirs, labelOf, t, choose });
    this.#panel.replaceChildren(element);
    heading.focus();
    return false;
  }

  async #remove() {
    const { t, confirm } = this.desk;
    const name = localised(this.naming(this.unshaped(this.#entry))) || this.#id;
    if (!(await confirm({ title: t("take_out_name", { name }), text: t(`take_out_of_${this.section}`), yes: t("take_out") }))) return;
    const part = `${this.section}/${this.#id}`;
    const edits = new Edits(this.desk, this.place[0]);
    try {
      await edits.remove(part, /** @type {Station} */ (this.station).tag);
    } catch (error) {
      if (!(error instanceof Refused) || error.status !== 412) throw error;
      if (!(await this.#meet(error.problem.edits ?? []))) return; // Somebody changed what was to be taken out: look first.
      await edits.remove(part, /** @type {Station} */ (this.station).tag);
    }
    this.#base = this.#typed();
    this.#goOn(`#/${this.section}/${this.place[0]}`, t("taken_out", { name }));
  }
}
