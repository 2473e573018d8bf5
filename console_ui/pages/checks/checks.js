import { el } from "../../../kiosk_ui/dom.js";
import { languageName, spoken } from "../../content.js";
import { Page } from "../../page.js";
import { mark } from "../../parts/mark.js";
import { alive, WorkProgress } from "../../parts/progress.js";
import { steps } from "../../parts/steps.js";
import { table } from "../../parts/work-table.js";
import { pageOf } from "../../station/where.js";

/**
 * @typedef {{code: string, level: "wrong" | "advice", message: string, mend: string, topic: string, language: string, subject: string,
 *   phrase: string, file: string, line: number}} Finding
 */

const EVERY_S = 3;

/** What is wrong with a draft, and what is worth a look, each with the way to its place. */
class ChecksPage extends Page {
  #progress = new WorkProgress();
  #sum = el("p", { role: "status" });
  #running = false;

  async open() {
    const { t, may } = this.desk;
    const [id] = this.place;
    const { element } = await steps(this.desk, id, "checks");
    this.table = this.#table(id);
    const begin = el("button", { type: "button", class: "quiet", text: t("check_rules"), on: { click: () => void this.attempt(() => this.#begin()) } });
    const again = el("button", { type: "button", class: "quiet", text: t("refresh"), on: { click: () => void this.attempt(() => this.#look()) } });
    this.replaceChildren(element, el("p", { class: "refreshing" }, this.#sum, again), this.table,
      el("section", {}, el("h2", { text: t("rules") }), el("p", { text: t("rules_text") }), this.#progress, may("editor") ? el("p", { class: "buttons" }, begin) : ""));
    this.every(EVERY_S, async () => {
      if (this.#running) await this.#look();
    });
    await this.#look();
  }

  async #look() {
    const { api, t } = this.desk;
    const { findings, wrong, rules } = await api.ask("GET", `drafts/${this.place[0]}/checks`);
    this.#running = alive(rules);
    this.#progress.update(rules, t);
    this.table?.update(findings.map((/** @type {Finding} */ finding, /** @type {number} */ at) => ({ ...finding, at })));
    const said = mark(wrong ? "bad" : "good", t("findings", { count: findings.length, wrong }));
    if (this.#sum.textContent !== said.textContent) this.#sum.replaceChildren(said);
  }

  async #begin() {
    await this.desk.api.ask("POST", `drafts/${this.place[0]}/checks`);
    await this.#look();
  }

  /** @param {string} id */
  #table(id) {
    const { t } = this.desk;
    const place = (/** @type {Finding} */ { topic, subject, language, file, line }) => {
      const words = [subject ? spoken(subject, topic) : "", language ? languageName(language) : ""].filter(Boolean).join(", ");
      if (!topic) {
        const page = file.endsWith("station.yaml") ? pageOf(subject, id) : null;
        return page ? el("a", { href: page, text: subject }) : words || (file ? `${file}:${line}` : "");
      }
      const where = ["topic", id, topic, subject, language].filter(Boolean).map(encodeURIComponent).join("/");
      return el("a", { href: `#/${where}`, text: `${spoken(topic)}${words ? `: ${words}` : ""}` });
    };
    return table({
      caption: t("page_checks"), empty: t("nothing_found"), key: (/** @type {Finding & {at: number}} */ finding) => String(finding.at),
      columns: [
        { title: t("weight"), cell: ({ level }) => mark(level === "wrong" ? "bad" : "warn", t(`level_${level}`)) },
        { title: t("found"), head: true, cell: ({ message }) => message },
        { title: t("mend"), cell: ({ mend }) => mend },
        { title: t("place"), cell: place },
      ],
    });
  }
}
customElements.define("checks-page", ChecksPage);
export const page = ChecksPage;
