import { el } from "../../../kiosk_ui/dom.js";
import { choice } from "../../forms/fields.js";
import { languageName, spoken } from "../../content.js";
import { Page } from "../../page.js";
import { ask, dialog } from "../../parts/dialogs.js";
import { mark, time } from "../../parts/mark.js";
import { steps } from "../../parts/steps.js";
import { table } from "../../parts/work-table.js";
import { moment } from "../../times.js";

/**
 * @typedef {{topic: string, intents: number, replies: number, phrases: Record<string, number>, missing: Record<string, number>,
 *   last: {at: string, name: string | null} | null}} Counts
 */

/** A draft: its topics, with what is missing in each language. */
class DraftPage extends Page {
  async open() {
    const { api, t, may } = this.desk;
    const [id] = this.place;
    const { draft, element } = await steps(this.desk, id, "draft");
    const { languages, topics } = await api.ask("GET", `drafts/${id}/topics`);
    const shown = this.#table(id, languages);
    const behind = el("div", { class: "note" }, mark("warn", t("draft_behind_text")), may("editor")
      ? el("button", { type: "button", class: "quiet", text: t("bring_up_to_date"), on: { click: () => void this.attempt(() => this.#update(id)) } }) : "");
    this.replaceChildren(element, draft.behind ? behind : "", shown);
    shown.update(topics);
  }

  /** @param {string} id @param {string[]} languages */
  #table(id, languages) {
    const { t } = this.desk;
    const lacks = (/** @type {Counts} */ { missing }) => {
      const found = Object.entries(missing).filter(([, count]) => count);
      if (!found.length) return mark("good", t("nothing_missing"));
      return mark("warn", found.map(([language, count]) => t("missing_in", { count, language: languageName(language) })).join(", "));
    };
    const last = (/** @type {Counts} */ { last: edit }) =>
      (edit ? el("span", {}, `${edit.name ?? t("gone_person")}, `, time(edit.at, moment(edit.at))) : t("never"));
    return table({
      caption: t("page_draft"), empty: t("no_topics"), key: (/** @type {Counts} */ { topic }) => topic,
      columns: [
        { title: t("topic"), head: true, cell: ({ topic }) => el("a", { href: `#/topic/${id}/${topic}`, text: spoken(topic) }) },
        { title: t("questions"), cell: ({ intents }) => String(intents) },
        { title: t("replies"), cell: ({ replies }) => String(replies) },
        { title: t("phrases"), cell: ({ phrases }) => languages.map((code) => `${languageName(code)} ${phrases[code] ?? 0}`).join(", ") },
        { title: t("missing"), cell: lacks },
        { title: t("last_change"), cell: last },
      ],
    });
  }

  /** @param {string} id */
  async #update(id) {
    const { api, t, tell } = this.desk;
    const { both, done } = await api.ask("POST", `drafts/${id}/update`, {});
    if (!done) {
      const keep = await this.#whose(both);
      if (!keep) return;
      await api.ask("POST", `drafts/${id}/update`, { keep });
    }
    tell(t("brought_up_to_date"));
    await this.open();
  }

  /** Files that both changed: whose stay? @param {string[]} both @returns {Promise<string>} */
  async #whose(both) {
    const { t } = this.desk;
    const which = choice({ name: "keep", label: t("whose"), value: "mine", options: [
      { key: "mine", label: t("whose_mine") }, { key: "live", label: t("whose_live") },
    ] });
    const button = (/** @type {string} */ text, /** @type {() => string} */ value, quiet = "") =>
      el("button", { type: "button", class: quiet, text, on: { click: () => shown.close(value()) } });
    const shown = dialog(t("both_changed"), el("p", { text: t("both_changed_text") }), el("ul", {}, ...both.map((file) => el("li", { class: "id", text: file }))),
      which.element, el("p", { class: "buttons" }, button(t("take_over"), () => which.value()), button(t("cancel"), () => "", "quiet")));
    return ask(shown);
  }
}
customElements.define("draft-page", DraftPage);
export const page = DraftPage;
