import { el } from "../../kiosk_ui/dom.js";
import { Refused } from "../api.js";
import { faults } from "../problems.js";

/** @import { Fault } from "../problems.js" */
/** @import { Field } from "./fields.js" */
/** @import { Words } from "../words.js" */

/**
 * @typedef {object} Options
 * @property {Words} t
 * @property {Field[]} fields
 * @property {string} submit  what its button says
 * @property {(values: Record<string, any>) => Promise<void | boolean>} send  raises Refused; false where it was not taken and goes on otherwise
 * @property {Record<string, string>} [places]  code of a refusal → the field it is about
 * @property {Node[]} [beside]  more buttons
 * @property {boolean} [kept]  what was typed stays when it was sent
 * @property {Node[]} [layout]  where the fields stand, instead of one below the other
 * @property {boolean} [locked]  it is looked at only
 * @property {boolean} [atField]  a fault of one field gets the focus there, not in the summary
 */

/** A form: faults beside their fields and in a summary that gets the focus; nothing is sent twice; what was typed stays until it was taken. */
export class WorkForm extends HTMLElement {
  /** @type {Options} */
  // @ts-expect-error: set by `build`
  #options;
  #summary = el("div", { class: "summary", role: "alert", tabindex: "-1", hidden: true });
  #button = el("button", { type: "submit" });
  #before = "";
  /** @type {Record<string, any>} */
  #initial = {};
  #busy = false;
  #waiting = 0;

  /** @param {Options} options */
  build(options) {
    this.#options = options;
    this.#button.textContent = options.submit;
    const form = el("form", { novalidate: true, on: { submit: (/** @type {Event} */ event) => void this.#submit(event) } },
      this.#summary, ...(options.layout ?? options.fields.map(({ element }) => element)),
      options.locked ? "" : el("p", { class: options.layout ? "buttons saving" : "buttons" }, this.#button, ...(options.beside ?? [])));
    this.append(form);
    if (options.locked) lock(form);
    this.#initial = this.#values();
    this.settle();
    return this;
  }

  disconnectedCallback() {
    clearTimeout(this.#waiting);
  }

  /** Whether something was typed that was not sent. */
  get unsaved() {
    return this.#shown() !== this.#before;
  }

  /** What is typed now counts as sent. */
  settle() {
    this.#before = this.#shown();
  }

  #values() {
    return Object.fromEntries(this.#options.fields.map((field) => [field.name, field.value()]));
  }

  #shown() {
    return JSON.stringify(this.#values());
  }

  /** @param {Event} event */
  async #submit(event) {
    event.preventDefault();
    if (this.#busy) return;
    const { t, fields, send, places = {}, kept = false } = this.#options;
    const wrong = fields.filter(({ element }) => !element.hidden).map((field) => ({ field: field.name, text: field.check() }));
    const found = /** @type {Fault[]} */ (wrong.filter(({ text }) => text !== null));
    if (found.length) return this.#tell(found);
    this.#hold(true);
    try {
      if ((await send(this.#values())) === false) return this.#tell([]);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.#tell(faults(error, new Map(fields.map(({ name, rule }) => [name, rule])), places, t));
      if (error.waitS) this.#wait(error.waitS);
      return;
    } finally {
      this.#hold(false);
    }
    this.#tell([]);
    if (!kept) for (const field of fields) field.set(this.#initial[field.name]);
    this.settle();
  }

  /** @param {boolean} busy */
  #hold(busy) {
    this.#busy = busy;
    this.#button.setAttribute("aria-disabled", String(busy));
    this.#button.textContent = busy ? this.#options.t("sending") : this.#options.submit;
  }

  /** When the time is over, it is said so. @param {number} seconds */
  #wait(seconds) {
    clearTimeout(this.#waiting);
    this.#waiting = window.setTimeout(() => this.#summary.replaceChildren(el("p", { text: this.#options.t("wait_over") })), seconds * 1000);
  }

  /** @param {Fault[]} found */
  #tell(found) {
    const { t, fields } = this.#options;
    clearTimeout(this.#waiting);
    for (const field of fields) field.fault(found.find((fault) => fault.field === field.name)?.text ?? null);
    const lines = found.map(({ field: name, text }) => {
      const field = fields.find((one) => one.name === name);
      if (!field) return el("li", { text });
      return el("li", {}, el("button", { type: "button", class: "link", text, on: { click: () => field.control.focus() } }));
    });
    this.#summary.hidden = !found.length;
    this.#summary.replaceChildren(...(found.length ? [el("h2", { text: t("form_faults") }), el("ul", {}, ...lines)] : []));
    if (found.length) this.#focus(found);
  }

  /** @param {Fault[]} found */
  #focus(found) {
    const field = this.#options.atField && found.length === 1 ? this.#options.fields.find(({ name }) => name === found[0].field) : null;
    const hidden = field?.control.closest("details");
    if (hidden) hidden.open = true;
    (field?.control ?? this.#summary).focus();
  }
}
customElements.define("work-form", WorkForm);

/** Nothing in it can be changed; texts can still be read and copied. @param {HTMLElement} form */
function lock(form) {
  for (const control of form.querySelectorAll("input, textarea")) {
    if (control instanceof HTMLTextAreaElement || (control instanceof HTMLInputElement && !["checkbox", "radio"].includes(control.type))) control.readOnly = true;
    else if (control instanceof HTMLInputElement) control.disabled = true;
  }
  for (const control of form.querySelectorAll("select")) control.disabled = true;
  for (const button of form.querySelectorAll("button")) button.hidden = true;
}

/** @param {Options} options */
export const form = (options) => new WorkForm().build(options);
