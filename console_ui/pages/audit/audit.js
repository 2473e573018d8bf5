import { el } from "../../../kiosk_ui/dom.js";
import { select, text } from "../../forms/fields.js";
import { Page } from "../../page.js";
import { mark, time } from "../../parts/mark.js";
import { table } from "../../parts/work-table.js";
import { moment } from "../../times.js";
import { named } from "../../words.js";
import { changeWords, fits, objectWords, pastTheDay } from "./filter.js";

/** @import { Line, Wanted } from "./filter.js" */

const LIMIT = 200;
/** Calls that one look makes at most, so that a rare line does not read the whole log. */
const CALLS = 10;
const ACTIONS = [
  "session.begun", "session.ended", "account.made", "account.changed", "account.password", "account.erased", "code.made", "token.made",
  "token.revoked", "report.acknowledged", "backup.made", "backup.restored",
  "draft.made", "draft.removed", "draft.updated", "topic.changed", "station.changed", "checks.begun", "checks.cancelled",
  "training.begun", "training.cancelled", "outage.told", "outage.ended", "notice.made", "notice.changed", "notice.erased",
  "feed.looked", "feed.uploaded", "feed.returned",
  "proof.begun", "proof.cancelled", "release.published", "release.activated", "release.rolled_back",
];

/** Who did what, and whether the log is as it was written. */
class AuditPage extends Page {
  /** @type {Line[]} */
  #lines = [];
  #whole = false;
  /** Id → name, of people and tokens. @type {Map<string, string>} */
  #names = new Map();
  #chain = el("p", { class: "chain" });
  #seen = el("p", { class: "hint", role: "status" });
  #older = el("button", { type: "button", class: "quiet", on: { click: () => void this.attempt(() => this.#read(1)) } });

  async open() {
    const { api, t } = this.desk;
    const [{ accounts }, { tokens }] = await Promise.all([api.ask("GET", "accounts"), api.ask("GET", "tokens")]);
    this.#names = new Map([...accounts, ...tokens].map(({ id, name }) => [id, name]));
    this.#lines = [];
    this.#whole = false;
    this.#older.textContent = t("older");
    const people = accounts.map((/** @type {{id: string, name: string}} */ { id, name }) => /** @type {[string, string]} */ ([id, name]));
    const actions = ACTIONS.map((key) => /** @type {[string, string]} */ ([key, named(t, "audit", key)]));
    this.fields = [
      select({ name: "who", label: t("who"), options: [["", t("everybody")], ["machine", t("machine")], ...people] }),
      select({ name: "what", label: t("what"), options: [["", t("everything")], ...actions] }),
      text({ name: "day", label: t("day"), type: "date" }),
    ];
    this.table = this.#table();
    const filter = el("form", { class: "filter", "aria-label": t("filter"), on: {
      submit: (/** @type {Event} */ event) => event.preventDefault(), change: () => void this.attempt(() => this.#read(0)),
    } }, ...this.fields.map(({ element }) => element));
    this.replaceChildren(this.#chain, filter, this.table, el("p", { class: "buttons" }, this.#older, this.#seen));
    await Promise.all([this.#check(), this.#read(1)]);
  }

  async #check() {
    const { api, t } = this.desk;
    const { broken_at: number } = await api.ask("GET", "audit/check");
    this.#chain.replaceChildren(number === null ? mark("good", t("chain_whole")) : mark("bad", t("chain_broken", { number })));
  }

  /** @returns {Wanted} */
  #wanted() {
    return /** @type {any} */ (Object.fromEntries((this.fields ?? []).map((field) => [field.name, field.value()])));
  }

  /** Reads at least so many pages of the log, and more until something fits. @param {number} pages */
  async #read(pages) {
    const wanted = this.#wanted();
    const already = this.#lines.filter((line) => fits(line, wanted)).length;
    const enough = () => this.#lines.filter((line) => fits(line, wanted)).length > (pages ? already : 0);
    for (let call = 0; call < CALLS && !this.#whole && !pastTheDay(this.#lines, wanted); call += 1) {
      if (call >= pages && enough()) break;
      const before = this.#lines.at(-1)?.number;
      const { entries } = await this.desk.api.ask("GET", `audit?limit=${LIMIT}${before ? `&before=${before}` : ""}`);
      this.#lines.push(...entries);
      this.#whole = entries.length < LIMIT;
    }
    this.#draw(wanted);
  }

  /** @param {Wanted} wanted */
  #draw(wanted) {
    const { t } = this.desk;
    const found = this.#lines.filter((line) => fits(line, wanted));
    this.table?.update(found);
    const ended = this.#whole || pastTheDay(this.#lines, wanted);
    this.#older.hidden = ended;
    const last = this.#lines.at(-1)?.number ?? 0;
    this.#seen.textContent = `${t("lines_found", { count: found.length })} ${ended ? t("log_searched") : t("log_back_to", { number: last })}`;
  }

  #table() {
    const { t } = this.desk;
    const who = (/** @type {Line} */ { actor, name }) => (actor === "machine" ? t("machine") : name ?? t("gone_person_id", { id: actor }));
    return table({
      caption: t("page_audit"), empty: t("no_lines"), key: (/** @type {Line} */ { number }) => String(number),
      columns: [
        { title: t("number"), head: true, cell: ({ number }) => String(number) },
        { title: t("when"), cell: ({ at }) => time(at, moment(at)) },
        { title: t("who"), cell: who },
        { title: t("what"), cell: ({ action }) => named(t, "audit", action) },
        { title: t("object"), cell: ({ object }) => objectWords(object, this.#names, t) },
        { title: t("change"), cell: ({ before, after }) => changeWords(before, after, t) },
      ],
    });
  }
}
customElements.define("audit-page", AuditPage);
export const page = AuditPage;
