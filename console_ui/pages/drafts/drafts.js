import { el } from "../../../kiosk_ui/dom.js";
import { text } from "../../forms/fields.js";
import { form } from "../../forms/work-form.js";
import { Page } from "../../page.js";
import { mark, time } from "../../parts/mark.js";
import { table } from "../../parts/work-table.js";
import { moment } from "../../times.js";

/** @import { Draft } from "../../parts/steps.js" */

/** Changes in the making: begun, gone on with, thrown away. */
class DraftsPage extends Page {
  async open() {
    const { t, may } = this.desk;
    this.table = this.#table();
    const name = text({ name: "name", label: t("draft_name"), hint: t("draft_name_hint"), required: t("draft_name_missing") });
    const add = form({ t, fields: [name], submit: t("begin_draft"), send: (values) => this.#begin(values) });
    const section = el("section", {}, el("h2", { text: t("new_draft") }), el("p", { text: t("new_draft_text") }), add);
    this.replaceChildren(el("p", { text: t("drafts_text") }), this.table, may("editor") ? section : "");
    await this.#look();
  }

  async #look() {
    const { drafts } = await this.desk.api.ask("GET", "drafts");
    this.table?.update(drafts);
  }

  #table() {
    const { t, may } = this.desk;
    return table({
      caption: t("page_drafts"), empty: t("no_drafts"), key: (/** @type {Draft} */ { id }) => id,
      columns: [
        { title: t("draft"), head: true, cell: ({ id, name }) => el("a", { href: `#/draft/${id}`, text: name }) },
        { title: t("begun_by"), cell: ({ made_by_name: by }) => by ?? t("gone_person") },
        { title: t("begun"), cell: ({ made_at: at }) => time(at, moment(at)) },
        { title: t("last_change"), cell: ({ edited_at: at }) => (at ? time(at, moment(at)) : t("never")) },
        { title: t("state"), cell: ({ behind }) => (behind ? mark("warn", t("draft_behind")) : mark("good", t("draft_up_to_date"))) },
        { title: t("actions"), cell: (draft) => (may("editor") ? this.#throwAway(draft) : "") },
      ],
    });
  }

  /** @param {Draft} draft */
  #throwAway(draft) {
    const { api, confirm, t, tell } = this.desk;
    const act = async () => {
      const sure = await confirm({ title: t("throw_away_name", { name: draft.name }), text: t("throw_away_text"), yes: t("throw_away") });
      if (!sure) return;
      await api.ask("DELETE", `drafts/${draft.id}`);
      tell(t("thrown_away", { name: draft.name }));
      await this.#look();
    };
    return el("button", { type: "button", class: "quiet", "data-act": "erase", text: t("throw_away"), "aria-label": t("throw_away_name", { name: draft.name }),
      on: { click: () => void this.attempt(act) } });
  }

  /** @param {Record<string, any>} values */
  async #begin({ name }) {
    const draft = await this.desk.api.ask("POST", "drafts", { name });
    queueMicrotask(() => (location.hash = `#/draft/${draft.id}`)); // The form counts as sent by then.
  }
}
customElements.define("drafts-page", DraftsPage);
export const page = DraftsPage;
