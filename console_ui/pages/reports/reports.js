import { el } from "../../../kiosk_ui/dom.js";
import { choice } from "../../forms/fields.js";
import { Page } from "../../page.js";
import { mark, time } from "../../parts/mark.js";
import { table } from "../../parts/work-table.js";
import { moment } from "../../times.js";
import { named } from "../../words.js";

/**
 * @typedef {{id: string, number: number, kind: string, kiosk: string, place: string | null, at: string, source: string,
 *   acknowledged_at: string | null, acknowledged_by: string | null}} Report
 */

const EVERY_S = 30;
const URGENT = ["medical", "fire", "crime", "track", "suspicious", "despair", "smoke"];

/** What staff should look after. Whoever may, says that they do. */
class ReportsPage extends Page {
  /** @type {Report[]} */
  #reports = [];

  async open() {
    const { t } = this.desk;
    const which = choice({ name: "which", label: t("which_reports"), value: "waiting", options: [
      { key: "waiting", label: t("reports_waiting_only") }, { key: "all", label: t("reports_all") },
    ] });
    which.element.classList.add("inline");
    which.element.addEventListener("change", () => void this.attempt(() => this.#look()));
    this.which = which;
    this.table = this.#table();
    this.replaceChildren(el("p", { text: t("reports_text") }), which.element, this.table);
    this.every(EVERY_S, () => this.#look());
    await this.#look();
  }

  async #look() {
    const waiting = this.which?.value() === "waiting";
    const { reports } = await this.desk.api.ask("GET", `reports?waiting=${waiting}`);
    this.#reports = reports;
    this.table?.update(reports);
  }

  #table() {
    const { t, may } = this.desk;
    return table({
      caption: t("page_reports"), empty: t("no_reports"), key: (/** @type {Report} */ { id }) => id,
      columns: [
        { title: t("number"), head: true, cell: ({ number }) => String(number) },
        { title: t("what"), cell: ({ kind }) => mark(URGENT.includes(kind) ? "bad" : "warn", named(t, "kind", kind), "warning") },
        { title: t("where"), cell: ({ place }) => place ?? t("nobody_said") },
        { title: t("when"), cell: ({ at }) => time(at, moment(at)) },
        { title: t("filed_by"), cell: ({ source, kiosk }) => t(`source_${source}`, { kiosk }) },
        { title: t("looked_after"), cell: (report) => {
          if (report.acknowledged_at) return t("looked_after_by", { name: report.acknowledged_by ?? "", time: moment(report.acknowledged_at) });
          if (!may("editor")) return mark("warn", t("nobody_yet"));
          return el("button", { type: "button", "data-act": "take", "aria-label": t("take_on_number", { number: report.number }), text: t("take_on"),
            on: { click: () => void this.attempt(() => this.#take(report)) } });
        } },
      ],
    });
  }

  /** @param {Report} report */
  async #take(report) {
    const { api, t, tell } = this.desk;
    const taken = await api.ask("POST", `reports/${report.id}/acknowledgement`);
    this.#reports = this.#reports.map((one) => (one.id === taken.id ? taken : one)); // It stays in sight until the next look.
    this.table?.update(this.#reports);
    tell(taken.acknowledged_by === this.desk.me().account.name ? t("taken_on", { number: taken.number }) : t("taken_before", { name: taken.acknowledged_by }));
  }
}
customElements.define("reports-page", ReportsPage);
export const page = ReportsPage;
