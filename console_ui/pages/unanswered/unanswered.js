import { el } from "../../../kiosk_ui/dom.js";
import { languageName, spoken } from "../../content.js";
import { select } from "../../forms/fields.js";
import { Page } from "../../page.js";
import { table } from "../../parts/work-table.js";
import { keyOf, nameOf, phrasePath } from "./rows.js";

/** @import { Asked } from "./rows.js" */
/** @import { Draft } from "../../parts/steps.js" */

const NEW = "new";

/** What people could not get answered: topics and public names, never words. From each row straight to a phrase of one's own. */
class UnansweredPage extends Page {
  async open() {
    const { api, t, may } = this.desk;
    const { rows, conversations, hours } = await api.ask("GET", "unanswered");
    const { drafts } = await api.ask("GET", "drafts");
    const options = [...drafts.map((/** @type {Draft} */ { id, name }) => [id, name]), [NEW, t("new_draft")]];
    this.draft = select({ name: "draft", label: t("draft_for_phrase"), options: /** @type {[string, string][]} */ (options), value: options[0][0] });
    this.table = this.#table();
    this.replaceChildren(el("p", { text: t("unanswered_text", { conversations, hours }) }), may("editor") && rows.length ? this.draft.element : "", this.table);
    this.table.update(rows);
  }

  #table() {
    const { t, may } = this.desk;
    const about = (/** @type {Asked} */ row) => (row.name ? nameOf(row.name) : t("no_name"));
    return table({
      caption: t("page_unanswered"), empty: t("no_unanswered"), key: keyOf,
      columns: [
        { title: t("topic"), head: true, cell: ({ topic }) => spoken(topic) },
        { title: t("about"), cell: about },
        { title: t("what_happened"), cell: ({ kind }) => t(`missed_${kind}`) },
        { title: t("language"), cell: ({ language }) => languageName(language) },
        { title: t("asked_by"), cell: ({ at_least: count }) => t("at_least", { count }) },
        { title: t("actions"), cell: (row) => (may("editor") ? this.#add(row) : "") },
      ],
    });
  }

  /** @param {Asked} row */
  #add(row) {
    const { t } = this.desk;
    const label = t("add_phrase_for", { topic: spoken(row.topic), language: languageName(row.language) });
    return el("button", { type: "button", "data-act": "add", "aria-label": label, text: t("add_phrase"), on: { click: () => void this.attempt(() => this.#go(row)) } });
  }

  /** @param {Asked} row */
  async #go(row) {
    const { api, t } = this.desk;
    const chosen = this.draft?.value();
    const id = chosen === NEW ? (await api.ask("POST", "drafts", { name: t("draft_about", { topic: spoken(row.topic) }) })).id : chosen;
    location.hash = phrasePath(id, row);
  }
}
customElements.define("unanswered-page", UnansweredPage);
export const page = UnansweredPage;
