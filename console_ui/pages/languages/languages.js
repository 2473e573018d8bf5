import { el } from "../../../kiosk_ui/dom.js";
import { Refused } from "../../api.js";
import { languageName } from "../../content.js";
import { text } from "../../forms/fields.js";
import { form } from "../../forms/work-form.js";
import { Page } from "../../page.js";
import { mark } from "../../parts/mark.js";
import { steps } from "../../parts/steps.js";
import { table } from "../../parts/work-table.js";
import { Edits, stationOf } from "../../station/reading.js";
import { lacksOf, moved } from "./lacks.js";

/** @import { Station } from "../../station/reading.js" */
/** @typedef {{code: string, at: number, last: boolean, lacks: import("./lacks.js").Lacks}} Row */

/** Which languages the kiosk speaks, the first one first, and what each still lacks. */
class LanguagesPage extends Page {
  /** @type {Station | null} */
  #station = null;

  async open() {
    const { t, may } = this.desk;
    const [draft] = this.place;
    const { element } = await steps(this.desk, draft, "draft", "languages");
    this.table = this.#table(draft);
    this.replaceChildren(element);
    const code = text({ name: "code", label: t("language_code"), hint: t("language_code_hint"), required: t("language_code_missing"), pattern: /^[a-z]{2,3}$/ });
    const add = form({ t, fields: [code], submit: t("language_add"), places: { "station-wrong": "code" }, atField: true, send: async ({ code: wanted }) => {
      await this.#change((languages) => [...languages.filter((each) => each !== wanted), wanted], t("language_added", { language: languageName(wanted) }));
    } });
    await this.#look();
    this.replaceChildren(element, el("p", { text: t("languages_text") }), this.table,
      may("editor") ? el("section", {}, el("h2", { text: t("language_new") }), el("p", { text: t("language_new_text") }), add) : "");
  }

  async #look() {
    const [draft] = this.place;
    const [station, { topics }] = await Promise.all([stationOf(this.desk, draft), this.desk.api.ask("GET", `drafts/${draft}/topics`)]);
    this.#station = station;
    this.table?.update(station.languages.map((code, at) => ({ code, at, last: at === station.languages.length - 1, lacks: lacksOf(code, station, topics) })));
  }

  /**
   * Another list, of the newest there is; where somebody changed the languages since, it is shown and not overwritten.
   * @param {(languages: string[]) => string[]} change @param {string} words  told then
   */
  async #change(change, words) {
    const before = /** @type {Station} */ (this.#station);
    const edits = new Edits(this.desk, this.place[0]);
    try {
      await edits.put("languages", { languages: change(before.languages) }, before.tag);
    } catch (error) {
      if (!(error instanceof Refused) || error.status !== 412) throw error;
      await this.#look();
      const now = /** @type {Station} */ (this.#station);
      if (now.languages.join() !== before.languages.join()) throw new Refused(409, "languages-changed");
      await edits.put("languages", { languages: change(now.languages) }, now.tag);
    }
    await this.#look();
    this.desk.tell(words);
  }

  /** @param {string} draft */
  #table(draft) {
    const { t, may } = this.desk;
    const lacks = (/** @type {Row} */ { lacks: found }) => {
      const lines = Object.entries(found).filter(([, count]) => count).map(([part, count]) =>
        el("li", {}, el("a", { href: `#/${part === "topics" ? "draft" : part}/${draft}`, text: t(`lacks_${part}`, { count }) })));
      return lines.length ? el("div", {}, mark("warn", t("lacks")), el("ul", {}, ...lines)) : mark("good", t("nothing_missing"));
    };
    return table({
      caption: t("page_languages"), empty: "", key: (/** @type {Row} */ { code }) => code,
      columns: [
        { title: t("language"), head: true, cell: ({ code }) => `${languageName(code)} (${code})` },
        { title: t("language_order"), cell: ({ at }) => (at ? String(at + 1) : t("language_first")) },
        { title: t("missing"), cell: lacks },
        { title: t("actions"), cell: (row) => (may("editor") ? this.#acts(row) : "") },
      ],
    });
  }

  /** @param {Row} row */
  #acts({ code, at, last }) {
    const { t, confirm } = this.desk;
    const language = languageName(code);
    const button = (/** @type {string} */ act, /** @type {boolean} */ shown, /** @type {() => Promise<void>} */ click) => (shown ? el("button", {
      type: "button", class: "quiet", "data-act": act, text: t(`language_${act}`), "aria-label": t(`language_${act}_name`, { language }), on: { click: () => void this.attempt(click) },
    }) : "");
    const remove = async () => {
      if (!(await confirm({ title: t("language_out_name", { language }), text: t("language_out_text"), yes: t("language_out") }))) return;
      await this.#change((languages) => languages.filter((each) => each !== code), t("taken_out", { name: language }));
    };
    return el("div", { class: "acts" }, button("up", at > 0, () => this.#change((languages) => moved(languages, code), t("saved"))), button("out", !(at === 0 && last), remove));
  }
}
customElements.define("languages-page", LanguagesPage);
export const page = LanguagesPage;
