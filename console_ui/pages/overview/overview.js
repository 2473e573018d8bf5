import { el } from "../../../kiosk_ui/dom.js";
import { Page } from "../../page.js";
import { mark, time } from "../../parts/mark.js";
import { table } from "../../parts/work-table.js";
import { clock, day, moment } from "../../times.js";
import { localised, named } from "../../words.js";
import { bySilence, news } from "./changes.js";

/** @typedef {"ready" | "degraded" | "down"} State */
/** @typedef {{id: string, headline: Record<string, string>, severity: string, life_safety: boolean, since: string}} Warned */
/**
 * @typedef {{id: string, name: Record<string, string>, quantity: string, unit: string, value: number | null, measured_at: string | null,
 *   silent: boolean}} Sensor
 */
/**
 * @typedef {{state: "valid" | "expired" | "not_yet" | "none", start: string | null, end: string | null, imported_at: string,
 *   version: string}} Timetable
 */
/**
 * @typedef {{status: State, components: Record<string, State>, clock_trusted: boolean, alerts: Warned[], sensors: Sensor[],
 *   timetable: Timetable, model: string | null, reports_waiting: number, restart_due: boolean, content_problem: string | null}} Overview
 */

const EVERY_S = 30;
const KINDS = /** @type {const} */ ({ ready: "good", degraded: "warn", down: "bad" });

/** What works, what is warned of, and what wants to be looked after. Looks anew by itself. */
class OverviewPage extends Page {
  #asOf = el("span", { class: "as-of" });
  #facts = el("dl", { class: "facts" });
  /** @type {Overview | null} */
  #before = null;

  async open() {
    const { t } = this.desk;
    const now = el("button", { type: "button", class: "quiet", text: t("refresh"), on: { click: () => void this.attempt(() => this.#look()) } });
    this.parts = this.#parts();
    this.alerts = this.#alerts();
    this.sensors = this.#sensors();
    const section = (/** @type {string} */ title, /** @type {Node[]} */ ...children) => el("section", {}, el("h2", { text: title }), ...children);
    this.replaceChildren(el("p", { class: "refreshing" }, this.#asOf, now), section(t("facts"), this.#facts), section(t("parts"), this.parts),
      section(t("alerts"), this.alerts), section(t("sensors"), this.sensors));
    this.every(EVERY_S, () => this.#look());
    await this.#look();
  }

  async #look() {
    const { api, t, tell } = this.desk;
    const seen = /** @type {Overview} */ (await api.ask("GET", "overview"));
    const { rows: unanswered } = await api.ask("GET", "unanswered");
    this.#asOf.textContent = t("as_of", { time: clock(new Date()) });
    this.parts?.update(Object.entries(seen.components).map(([name, state]) => ({ name, state })));
    this.alerts?.update(seen.alerts);
    this.sensors?.update(bySilence(seen.sensors));
    this.#draw(seen, unanswered.length);
    const told = this.#before ? news(this.#before, seen) : [];
    if (told.length) tell(told.map((key) => t(`news_${key}`)).join(" "));
    this.#before = seen;
  }

  #parts() {
    const { t } = this.desk;
    return table({
      caption: t("parts"), empty: "", key: (/** @type {{name: string, state: State}} */ { name }) => name,
      columns: [
        { title: t("part"), head: true, cell: ({ name }) => named(t, "part", name) },
        { title: t("state"), cell: ({ state }) => mark(KINDS[state], t(`works_${state}`)) },
        { title: t("meaning"), cell: ({ name, state }) => (state === "ready" ? "" : named(t, "trouble", name, "")) },
      ],
    });
  }

  #alerts() {
    const { t } = this.desk;
    return table({
      caption: t("alerts"), empty: t("no_alerts"), key: (/** @type {Warned} */ { id }) => id,
      columns: [
        { title: t("alert"), head: true, cell: ({ headline }) => localised(headline) },
        { title: t("severity"), cell: (alert) => mark(alert.life_safety ? "bad" : "warn", named(t, "severity", alert.severity), "warning") },
        { title: t("since"), cell: ({ since }) => time(since, moment(since)) },
      ],
    });
  }

  #sensors() {
    const { t } = this.desk;
    const value = (/** @type {Sensor} */ { value: read, unit }) => {
      if (read === null) return t("no_value");
      return unit === "state" ? t(read ? "sounds" : "quiet") : `${Number(read.toPrecision(4))} ${unit}`;
    };
    return table({
      caption: t("sensors"), empty: t("no_sensors"), key: (/** @type {Sensor} */ { id }) => id,
      columns: [
        { title: t("sensor"), head: true, cell: ({ name }) => localised(name) },
        { title: t("measures"), cell: ({ quantity }) => named(t, "quantity", quantity) },
        { title: t("state"), cell: ({ silent }) => (silent ? mark("bad", t("silent")) : mark("good", t("reports_in"))) },
        { title: t("value"), cell: value },
        { title: t("measured"), cell: ({ measured_at: at }) => (at ? time(at, moment(at)) : t("never")) },
      ],
    });
  }

  /** @param {Overview} seen @param {number} unanswered */
  #draw(seen, unanswered) {
    const { t } = this.desk;
    const { timetable: { state, start, end, imported_at: taken }, reports_waiting: waiting } = seen;
    const span = start && end && state !== "none" ? t("from_to", { from: day(start), to: day(end) }) : "";
    const rows = [
      [t("station_is"), mark(KINDS[seen.status], t(`works_${seen.status}`))],
      [t("waiting"), el("a", { href: "#/reports", text: t("reports_waiting", { count: waiting }) })],
      [t("page_unanswered"), el("a", { href: "#/unanswered", text: t("unanswered_count", { count: unanswered }) })],
      [t("timetable"), mark(state === "valid" ? "good" : "bad", t(`timetable_${state}`)), el("span", { text: `${span} ${t("taken_in", { time: moment(taken) })}` })],
      [t("model"), seen.model ? el("span", { class: "id", text: seen.model }) : mark("warn", t("no_model"))],
      [t("clock"), mark(seen.clock_trusted ? "good" : "bad", t(seen.clock_trusted ? "clock_right" : "clock_wrong"))],
    ];
    if (seen.restart_due) rows.push([t("content"), mark("warn", t("restart_due")), this.#now()]);
    if (seen.content_problem) rows.push([t("content"), mark("bad", t("content_problem")), el("span", { text: seen.content_problem })]);
    const shown = JSON.stringify([seen.status, waiting, unanswered, seen.timetable, seen.model, seen.clock_trusted, seen.restart_due,
      seen.content_problem]);
    if (this.#facts.dataset.shown === shown) return;
    this.#facts.dataset.shown = shown;
    this.#facts.replaceChildren(...rows.map(([name, ...said]) => el("div", {}, el("dt", {}, name), el("dd", {}, ...said))));
  }

  /** Starts the assistant anew at once, for who may. */
  #now() {
    const { api, confirm, may, t, tell } = this.desk;
    if (!may("publisher")) return "";
    const begin = async () => {
      if (!(await confirm({ title: t("restart_now"), text: t("restart_text"), yes: t("restart_now") }))) return;
      await api.ask("POST", "restart");
      tell(t("restart_begun"));
    };
    return el("button", { type: "button", class: "quiet", text: t("restart_now"), on: { click: () => void this.attempt(begin) } });
  }
}
customElements.define("overview-page", OverviewPage);
export const page = OverviewPage;
