import { el } from "../../../kiosk_ui/dom.js";
import { languageName } from "../../content.js";
import { choice, single, text } from "../../forms/fields.js";
import { form } from "../../forms/work-form.js";
import { Page } from "../../page.js";
import { ask, dialog } from "../../parts/dialogs.js";
import { mark, time } from "../../parts/mark.js";
import { table } from "../../parts/work-table.js";
import { there } from "../../times.js";
import { localised } from "../../words.js";
import { aboutOf, dayEnd, fieldOf, fieldTime, noticeOf } from "./text.js";

/** @import { Field } from "../../forms/fields.js" */
/** @import { Named, Notice } from "./text.js" */
/** @typedef {{notices: Notice[], languages: string[], lines: Named[], stops: Named[], now: string}} Seen */

const EVERY_S = 30;
const LONGEST = 200;
const KINDS = /** @type {const} */ ({ now: "good", planned: "warn", past: "quiet" });

/** What the station has to say to travellers, language by language, and from when to when. */
class NoticesPage extends Page {
  /** @type {Seen} */
  #seen = { notices: [], languages: [], lines: [], stops: [], now: "" };

  async open() {
    const { t, may } = this.desk;
    this.table = this.#table();
    this.#seen = await this.desk.api.ask("GET", "notices");
    const head = el("p", { text: t("notices_text") });
    const made = may("editor") ? el("section", {}, el("h2", { text: t("new_notice") }), this.#form(null, t("tell_it"), (said) => this.#add(said))) : "";
    this.replaceChildren(head, this.table, made);
    this.table.update(this.#seen.notices);
    this.every(EVERY_S, () => this.#look());
  }

  async #look() {
    this.#seen = await this.desk.api.ask("GET", "notices");
    this.table?.update(this.#seen.notices);
  }

  #table() {
    const { t, may } = this.desk;
    const about = (/** @type {Notice} */ notice) => aboutOf(notice, this.#seen.lines, this.#seen.stops).join(", ") || t("about_station");
    return table({
      caption: t("page_notices"), empty: t("no_notices"), key: (/** @type {Notice} */ { id }) => id,
      columns: [
        { title: t("notice"), head: true, cell: ({ texts }) => el("span", { lang: texts.en ? "en" : Object.keys(texts)[0], text: localised(texts) }) },
        { title: t("state"), cell: ({ state }) => mark(KINDS[state], t(`notice_${state}`)) },
        { title: t("notice_kind"), cell: ({ kind }) => t(`notice_kind_${kind}`) },
        { title: t("from"), cell: ({ since }) => time(since, there(since)) },
        { title: t("until"), cell: ({ until }) => time(until, there(until)) },
        { title: t("about"), cell: about },
        { title: t("languages"), cell: ({ missing }) =>
          (missing.length ? mark("warn", t("notice_missing_in", { languages: missing.map(languageName).join(", ") })) : mark("good", t("in_every_language"))) },
        { title: t("actions"), cell: (notice) => (may("editor") ? this.#actions(notice) : "") },
      ],
    });
  }

  /** @param {Notice} notice */
  #actions(notice) {
    const { t } = this.desk;
    const words = localised(notice.texts);
    const button = (/** @type {string} */ act, /** @type {() => Promise<void>} */ what) =>
      el("button", { type: "button", class: "quiet", "data-act": act, text: t(`notice_do_${act}`), "aria-label": t(`notice_do_${act}_name`, { words }),
        on: { click: () => void this.attempt(what) } });
    const remove = button("remove", () => this.#remove(notice));
    return el("div", { class: "acts" }, notice.state === "past" ? null : button("change", () => this.#change(notice)), remove);
  }

  /** @param {Notice | null} notice @param {string} submit @param {(said: object) => Promise<void>} send @param {Node[]} [beside] */
  #form(notice, submit, send, beside = []) {
    const { t } = this.desk;
    const { languages, lines, stops, now } = this.#seen;
    const kind = choice({ name: "kind", label: t("notice_kind"), value: notice?.kind ?? "information", options: /** @type {const} */ (["information", "disruption"]).map((key) =>
      ({ key, label: t(`notice_kind_${key}`), hint: t(`notice_kind_${key}_hint`) })) });
    const texts = languages.map((code) => this.#text(code, notice?.texts[code] ?? ""));
    const since = text({ name: "since", label: t("from"), type: "datetime-local", value: fieldTime(notice?.since ?? now), required: t("time_missing") });
    const until = text({ name: "until", label: t("until"), hint: t("notice_until_hint"), type: "datetime-local", value: notice ? fieldTime(notice.until) : dayEnd(now), required: t("time_missing") });
    const of = many("lines", t("about_lines"), lines, notice?.lines ?? []);
    const at = many("stops", t("about_stops"), stops, notice?.stops ?? []);
    const narrow = el("details", { open: Boolean(notice && (notice.lines.length || notice.stops.length)) }, el("summary", { text: t("about_less") }), of.element, at.element);
    const side = (/** @type {Field[]} */ fields) => el("div", { class: "columns" }, ...fields.map(({ element }) => element));
    const fields = [kind, ...texts, since, until, of, at];
    return form({ t, fields, submit, beside, kept: notice !== null, layout: [kind.element, side(texts), side([since, until]), narrow],
      send: (values) => send(noticeOf(values, languages)),
      places: { "notice-empty": fieldOf(languages[0]), "notice-times": "until", "notice-too-long": fieldOf(languages[0]) } });
  }

  /** @param {string} code @param {string} value */
  #text(code, value) {
    const { t } = this.desk;
    const control = el("textarea", { name: fieldOf(code), rows: 3, lang: code, maxlength: LONGEST });
    control.value = value;
    return single({ name: fieldOf(code), label: t("notice_in", { language: languageName(code) }), rule: t("notice_rule") }, control);
  }

  /** @param {object} said */
  async #add(said) {
    const { api, t, tell } = this.desk;
    const made = /** @type {Notice} */ (await api.ask("POST", "notices", said));
    tell(t(made.state === "now" ? "notice_told" : "notice_planned_for", { time: there(made.since) }));
    await this.attempt(() => this.#look());
  }

  /** @param {Notice} notice */
  async #change(notice) {
    const { api, t, tell } = this.desk;
    const send = async (/** @type {object} */ said) => {
      await api.ask("PUT", `notices/${notice.id}`, { ...said, version: notice.version });
      shown.close("saved");
    };
    const cancel = el("button", { type: "button", class: "quiet", text: t("cancel"), on: { click: () => shown.close() } });
    const shown = dialog(t("change_notice"), this.#form(notice, t("save"), send, [cancel]));
    const saved = (await ask(shown)) === "saved";
    if (saved) tell(t("saved"));
    await this.#look();
  }

  /** @param {Notice} notice */
  async #remove(notice) {
    const { api, confirm, t, tell } = this.desk;
    if (!(await confirm({ title: t("remove_notice"), text: localised(notice.texts), yes: t("notice_do_remove") }))) return;
    await api.ask("DELETE", `notices/${notice.id}`);
    tell(t("notice_removed"));
    await this.#look();
  }
}

/** @param {string} name @param {string} label @param {Named[]} offered @param {string[]} value */
function many(name, label, offered, value) {
  const known = new Set(offered.map(({ id }) => id));
  const others = value.filter((id) => !known.has(id)).map((id) => ({ id, name: id }));
  return choice({ name, label, value, many: true, options: [...offered, ...others].map((one) => ({ key: one.id, label: one.name })) });
}
customElements.define("notices-page", NoticesPage);
export const page = NoticesPage;
