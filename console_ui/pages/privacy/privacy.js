import { el } from "../../../kiosk_ui/dom.js";
import { spoken } from "../../content.js";
import { Page } from "../../page.js";
import { table } from "../../parts/work-table.js";

/**
 * @typedef {{station: string, kiosk: string, notice: string, purpose: string[], log: string, never: string[], listens_on: string, rights: string[],
 *   processed: {what: string, why: string, kept_until: string, idle_s: number | null}[],
 *   stored: {what: string, about_people: boolean, retention: string}[], devices: {device: string, when: string}[],
 *   connects_to: {address: string, purpose: string, receives: string}[], components: {name: string, version: string | null, does: string}[]}} Record
 */

/** What this machine does with people's data, to be read and printed. */
class PrivacyPage extends Page {
  async open() {
    const { api, t } = this.desk;
    const record = /** @type {Record} */ (await api.ask("GET", "privacy"));
    const print = el("button", { type: "button", class: "quiet", text: t("privacy_print"), on: { click: () => window.print() } });
    const section = (/** @type {string} */ title, /** @type {Node[]} */ ...children) => el("section", {}, el("h2", { text: title }), ...children);
    const list = (/** @type {string[]} */ lines) => el("ul", {}, ...lines.map((text) => el("li", { text: sentence(text) })));
    const facts = [[t("privacy_station"), record.station], [t("privacy_kiosk"), record.kiosk], [t("privacy_notice"), record.notice],
      [t("privacy_log"), sentence(record.log)], [t("privacy_listens"), record.listens_on]];
    this.replaceChildren(
      el("p", { text: t("privacy_text") }), el("p", { class: "buttons" }, print),
      section(t("privacy_about"), el("dl", { class: "facts" }, ...facts.map(([name, said]) => el("div", {}, el("dt", { text: name }), el("dd", { text: said }))))),
      section(t("privacy_purpose"), list(record.purpose)),
      section(t("privacy_processed"), this.#processed(record)),
      section(t("privacy_stored"), this.#stored(record)),
      section(t("privacy_devices"), this.#plain(t("privacy_devices"), record.devices, [
        { title: t("privacy_device"), head: true, cell: ({ device }) => t(`privacy_device_${device}`) }, { title: t("when"), cell: ({ when }) => sentence(when) },
      ])),
      section(t("privacy_never"), list(record.never.map((name) => spoken(name)))),
      section(t("privacy_peers"), this.#plain(t("privacy_peers"), record.connects_to, [
        { title: t("what"), head: true, cell: ({ address }) => address }, { title: t("privacy_why"), cell: ({ purpose }) => sentence(purpose) },
        { title: t("privacy_receives"), cell: ({ receives }) => sentence(receives) },
      ], t("privacy_no_peers"))),
      section(t("privacy_rights"), list(record.rights)),
      section(t("privacy_components"), this.#plain(t("privacy_components"), record.components, [
        { title: t("what"), head: true, cell: ({ name }) => name }, { title: t("privacy_version"), cell: ({ version }) => version ?? t("privacy_absent") },
        { title: t("privacy_why"), cell: ({ does }) => sentence(does) },
      ])),
    );
  }

  /** @param {Record} record */
  #processed({ processed }) {
    const { t } = this.desk;
    return this.#plain(t("privacy_processed"), processed, [
      { title: t("what"), head: true, cell: ({ what }) => sentence(what) }, { title: t("privacy_why"), cell: ({ why }) => sentence(why) },
      { title: t("privacy_until"), cell: ({ kept_until: until, idle_s: idle }) => sentence(idle === null ? until : t("privacy_idle", { what: until, count: idle })) },
    ]);
  }

  /** @param {Record} record */
  #stored({ stored }) {
    const { t } = this.desk;
    return this.#plain(t("privacy_stored"), stored, [
      { title: t("what"), head: true, cell: ({ what }) => sentence(what) },
      { title: t("privacy_of"), cell: ({ about_people: people }) => t(people ? "privacy_staff" : "privacy_nobody") },
      { title: t("privacy_retention"), cell: ({ retention }) => sentence(retention) },
    ]);
  }

  /** @template Row @param {string} caption @param {Row[]} rows @param {import("../../parts/work-table.js").Column<Row>[]} columns @param {string} [empty] */
  #plain(caption, rows, columns, empty = "") {
    const made = table({ caption, empty, key: (/** @type {Row} */ row) => JSON.stringify(row), columns });
    made.update(rows);
    return made;
  }
}

/** @param {string} text */
const sentence = (text) => text[0].toUpperCase() + text.slice(1);
customElements.define("privacy-page", PrivacyPage);
export const page = PrivacyPage;
