import { el } from "../../../kiosk_ui/dom.js";
import { single } from "../../forms/fields.js";
import { form } from "../../forms/work-form.js";
import { Page } from "../../page.js";
import { mark, time } from "../../parts/mark.js";
import { table } from "../../parts/work-table.js";
import { day, moment } from "../../times.js";
import { named } from "../../words.js";

/** @typedef {{severity: "error" | "warning" | "info", code: string, message: string, file: string | null, line: number | null, count: number}} Finding */
/**
 * @typedef {{at: string, origin: string, result: "taken" | "kept" | "unchanged" | "refused" | "failed", code: string | null, message: string | null,
 *   hint: string | null, findings: Finding[]}} Outcome
 */
/**
 * @typedef {{id: string, origin: string, version: string, start: string, end: string, taken_at: string, state: "valid" | "not_yet" | "expired",
 *   in_service: boolean, at_hand: boolean}} Known
 */
/**
 * @typedef {{state: "valid" | "not_yet" | "expired" | "none", version: string, start: string | null, end: string | null, imported_at: string,
 *   known: Known[], last: Outcome | null, lost: boolean, work: string, address: string | null, next_at: string | null, limit_mb: number}} Feed
 */

const SOON_S = 1;
const KINDS = /** @type {const} */ ({ taken: "good", kept: "good", unchanged: "quiet", refused: "bad", failed: "bad" });
const SEVERITIES = /** @type {const} */ ({ error: "bad", warning: "warn", info: "quiet" });
const STATES = /** @type {const} */ ({ valid: "good", not_yet: "warn", expired: "quiet" });

/** The timetable: what is in service, what the last look found, and a newer one by hand. */
class FeedPage extends Page {
  #facts = el("dl", { class: "facts" });
  #work = el("p", { role: "status" });
  #bar = el("progress", { hidden: true });
  #last = el("div", {});
  #drawn = "";
  /** Whether somebody here waits for what comes of it. */
  #waits = false;

  async open() {
    const { api, t, may } = this.desk;
    const seen = /** @type {Feed} */ (await api.ask("GET", "feed"));
    this.known = this.#knownTable();
    this.findings = this.#findingsTable();
    this.#drawn = "";
    const section = (/** @type {string} */ title, /** @type {(Node | null)[]} */ ...children) => el("section", {}, el("h2", { text: title }), ...children);
    this.replaceChildren(el("p", { text: t("feed_text") }), section(t("feed_in_service"), this.#facts),
      section(t("feed_last"), this.#work, this.#bar, this.#last, this.findings, may("publisher") && seen.address ? this.#lookButton() : null),
      may("publisher") ? section(t("feed_upload"), this.#form(seen.limit_mb)) : "", section(t("feed_known"), this.known));
    this.#draw(seen);
    this.every(SOON_S, () => this.#look());
  }

  async #look() {
    this.#draw(await this.desk.api.ask("GET", "feed"));
  }

  /** @param {Feed} seen */
  #draw(seen) {
    const { t, tell } = this.desk;
    const shown = JSON.stringify(seen);
    if (shown === this.#drawn) return;
    this.#drawn = shown;
    const busy = seen.work !== "none";
    this.#work.textContent = busy ? named(t, "feed_work", seen.work) : "";
    this.#bar.hidden = !busy;
    this.#bar.setAttribute("aria-label", this.#work.textContent);
    this.#bar.removeAttribute("value");
    this.#facts.replaceChildren(...this.#rows(seen).map(([name, ...said]) => el("div", {}, el("dt", {}, name), el("dd", {}, ...said))));
    this.#last.replaceChildren(...this.#lastLines(seen));
    this.findings?.update((seen.last?.findings ?? []).map((finding, at) => ({ ...finding, at })));
    if (this.findings) this.findings.hidden = !seen.last?.findings.length;
    this.known?.update(seen.known);
    if (!busy && this.#waits) {
      this.#waits = false;
      const result = seen.last?.result ?? "";
      tell(t(seen.lost ? "feed_lost" : result === "taken" ? "feed_done_taken" : result === "refused" ? "feed_done_refused" : "feed_done_other"));
    }
  }

  /** @param {Feed} seen @returns {[string, ...(Node | string)[]][]} */
  #rows({ state, version, start, end, imported_at: at, known, address, next_at: next }) {
    const { t } = this.desk;
    const origin = known.find(({ in_service: serves }) => serves)?.origin ?? "station";
    const span = start && end && state !== "none" ? t("from_to", { from: day(start), to: day(end) }) : "";
    return [
      [t("feed_holds"), mark(state === "valid" ? "good" : "bad", t(`timetable_${state}`)), el("span", { text: span })],
      [t("feed_version"), el("span", { class: "id", text: version })],
      [t("feed_from"), t(`feed_origin_${origin}`)],
      [t("feed_taken"), time(at, moment(at))],
      [t("feed_address"), address ? el("span", { class: "id", text: address }) : t("feed_no_address")],
      ...(next ? [/** @type {[string, Node]} */ ([t("feed_next"), time(next, moment(next))])] : []),
    ];
  }

  /** @param {Feed} seen */
  #lastLines({ last, lost }) {
    const { t } = this.desk;
    if (lost) return [el("p", {}, mark("bad", t("feed_lost")))];
    if (!last) return [el("p", { text: t("feed_never") })];
    const said = `${t(`feed_result_${last.result}`)} · ${t(`feed_origin_${last.origin}`)} · ${moment(last.at)}`;
    const lines = [el("p", {}, mark(KINDS[last.result], said))];
    if (last.message) lines.push(el("p", { text: sentence(last.message) }));
    if (last.message && last.hint) lines.push(el("p", { text: t("feed_mend", { hint: last.hint.replace(/\.$/, "") }) }));
    return lines;
  }

  #lookButton() {
    const { api, t, tell } = this.desk;
    const look = async () => {
      this.#draw(await api.ask("POST", "feed/look"));
      this.#waits = true;
      tell(t("feed_looking"));
    };
    return el("p", { class: "buttons" }, el("button", { type: "button", class: "quiet", text: t("feed_look"), on: { click: () => void this.attempt(look) } }));
  }

  /** @param {number} limit  MB */
  #form(limit) {
    const { api, t, tell } = this.desk;
    const control = el("input", { type: "file", name: "zip", accept: ".zip,application/zip" });
    const sent = el("progress", { max: 1, value: 0, hidden: true, "aria-label": t("feed_upload") });
    const field = single({ name: "zip", label: t("feed_zip"), hint: t("feed_zip_hint", { limit }), required: t("feed_zip_missing") }, control, sent);
    const progress = (/** @type {number} */ share) => {
      sent.hidden = false;
      sent.value = share;
      sent.textContent = t("feed_sending", { count: Math.round(share * 100) });
    };
    const send = async () => {
      const [file] = control.files ?? [];
      try {
        this.#draw(await api.send("feed/upload", file, progress));
      } finally {
        sent.hidden = true;
      }
      this.#waits = true;
      tell(t("feed_sent"));
    };
    return form({ t, fields: [{ ...field, set: () => (control.value = "") }], submit: t("feed_send"), send,
      places: { "too-large": "zip", "feed-empty": "zip", "feed-busy": "zip", "feed-broken-off": "zip" } });
  }

  #findingsTable() {
    const { t } = this.desk;
    return table({
      caption: t("feed_findings"), empty: t("feed_no_findings"), key: (/** @type {Finding & {at: number}} */ { at }) => String(at),
      columns: [
        { title: t("severity"), cell: ({ severity }) => mark(SEVERITIES[severity], t(`severity_${severity}`)) },
        { title: t("finding"), head: true, cell: ({ message }) => sentence(message) },
        { title: t("feed_file"), cell: ({ file }) => file ?? "" },
        { title: t("feed_line"), cell: ({ line }) => (line === null ? "" : String(line)) },
        { title: t("feed_count"), cell: ({ count }) => String(count) },
      ],
    });
  }

  #knownTable() {
    const { t, may } = this.desk;
    return table({
      caption: t("feed_known"), empty: "", key: (/** @type {Known} */ { id }) => id,
      columns: [
        { title: t("feed_version"), head: true, cell: ({ version }) => version },
        { title: t("feed_from"), cell: ({ origin }) => t(`feed_origin_${origin}`) },
        { title: t("feed_holds"), cell: ({ start, end }) => t("from_to", { from: day(start), to: day(end) }) },
        { title: t("feed_taken"), cell: ({ taken_at: at }) => time(at, moment(at)) },
        { title: t("state"), cell: ({ state, in_service: serves }) => (serves ? mark("good", t("feed_in_service")) : mark(STATES[state], t(`feed_${state}`))) },
        { title: t("actions"), cell: (known) => {
          if (!may("publisher") || known.in_service || !known.at_hand || known.state !== "valid") return "";
          return el("button", { type: "button", class: "quiet", "data-act": "return", text: t("feed_return"),
            "aria-label": t("feed_return_name", { version: known.version }), on: { click: () => void this.attempt(() => this.#return(known)) } });
        } },
      ],
    });
  }

  /** @param {Known} known */
  async #return({ id, version }) {
    const { api, confirm, t, tell } = this.desk;
    if (!(await confirm({ title: t("feed_return_name", { version }), text: t("feed_return_text"), yes: t("feed_return") }))) return;
    this.#draw(await api.ask("POST", `feed/known/${id}/return`));
    this.#waits = true;
    tell(t("feed_returning"));
  }
}

/** @param {string} text */
const sentence = (text) => (text ? text[0].toUpperCase() + text.slice(1).replace(/\.?$/, ".") : "");
customElements.define("feed-page", FeedPage);
export const page = FeedPage;
