import { el } from "../../../kiosk_ui/dom.js";
import { Refused } from "../../api.js";
import { languageName } from "../../content.js";
import { Page } from "../../page.js";
import { steps } from "../../parts/steps.js";
import { alike, mergeNames, namesOf, rowsOf } from "./rows.js";

/** @import { Names, Row } from "./rows.js" */
/** @typedef {{names: Names, tag: string, languages: string[]}} Read */

/** How names are said, where the voice gets them wrong. */
class NamesPage extends Page {
  /** @type {Read | null} */
  #read = null;
  #body = el("div", { class: "names" });
  #panel = el("div", { class: "once", role: "alert" });
  #busy = false;

  get unsaved() {
    return this.#read !== null && !alike(this.#typed(), this.#read.names);
  }

  get #path() {
    return `drafts/${this.place[0]}/pronunciations`;
  }

  async open() {
    const { api, t, may } = this.desk;
    const [id] = this.place;
    const { element } = await steps(this.desk, id, "draft", "names");
    this.#read = await api.ask("GET", this.#path);
    const button = (/** @type {string} */ text, /** @type {() => void} */ click, quiet = "") => el("button", { type: "button", class: quiet, text, on: { click } });
    const save = button(t("save"), () => void this.attempt(() => this.#save()));
    const add = button(t("add_name"), () => this.#add({ written: "", said: {} }).focus(), "quiet");
    this.#panel.replaceChildren();
    this.replaceChildren(element, el("p", { text: t("names_text") }), this.#panel,
      this.#body, may("editor") ? el("p", { class: "buttons" }, add, save) : "");
    this.#draw(this.#read?.names ?? {});
  }

  /** @param {Names} names */
  #draw(names) {
    this.#body.replaceChildren();
    for (const row of rowsOf(names)) this.#add(row);
  }

  /** A line; gives its first field. @param {Row} row */
  #add({ written, said }) {
    const { t, may } = this.desk;
    const field = (/** @type {string} */ label, /** @type {string} */ key, /** @type {string} */ value, /** @type {string | null} */ lang) => {
      const input = el("input", { type: "text", "data-said": key, value, lang, maxlength: 120, readonly: !may("editor"), autocomplete: "off", spellcheck: "false" });
      return { input, element: el("label", { class: "column" }, el("span", { text: label }), input) };
    };
    const name = field(t("as_written"), "written", written, null);
    const languages = [...(this.#read?.languages ?? []), ...("" in said ? [""] : [])];
    const fields = languages.map((code) => field(code ? t("said_in", { language: languageName(code) }) : t("said_in_any"), `in-${code}`, said[code] ?? "", code || null));
    this.#body.append(el("div", { class: "columns beside", role: "group", "aria-label": t("name_group", { name: written || t("new_name") }) },
      name.element, ...fields.map(({ element }) => element)));
    return name.input;
  }

  #typed() {
    return namesOf([...this.#body.children].map((line) => {
      const inputs = /** @type {HTMLInputElement[]} */ ([...line.querySelectorAll("input")]);
      const said = inputs.slice(1).map((input) => [input.dataset.said?.slice(3) ?? "", input.value]);
      return { written: inputs[0].value, said: Object.fromEntries(said) };
    }));
  }

  async #save() {
    const { api, t, tell } = this.desk;
    const before = this.#read;
    if (this.#busy || !before) return;
    if (!this.unsaved) return tell(t("nothing_to_save"));
    this.#busy = true;
    try {
      this.#read = await api.ask("PUT", this.#path, { names: this.#typed() }, { "if-match": `"${before.tag}"` });
      this.#panel.replaceChildren();
      this.#draw(this.#read?.names ?? {});
      tell(t("saved"));
    } catch (error) {
      if (!(error instanceof Refused) || error.status !== 412) throw error;
      await this.#meet(before.names);
    } finally {
      this.#busy = false;
    }
  }

  /** Somebody else saved first: both are put together, and it is said where both changed the same. @param {Names} base */
  async #meet(base) {
    const { api, t } = this.desk;
    const mine = this.#typed();
    const now = /** @type {Read} */ (await api.ask("GET", this.#path));
    const { names, both } = mergeNames(base, mine, now.names);
    this.#read = now;
    this.#draw(names);
    const lines = both.map((written) => el("li", { text: t("name_both", {
      name: written, mine: Object.values(mine[written] ?? {}).join(", ") || t("name_gone"), theirs: Object.values(now.names[written] ?? {}).join(", ") || t("name_gone"),
    }) }));
    this.#panel.replaceChildren(el("div", { class: "conflict" }, el("h2", { text: t("names_conflict") }), el("p", { text: t("names_conflict_text") }), el("ul", {}, ...lines)));
  }
}
customElements.define("names-page", NamesPage);
export const page = NamesPage;
