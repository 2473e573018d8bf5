import { el } from "../../../kiosk_ui/dom.js";
import { choice, select, text } from "../../forms/fields.js";
import { form } from "../../forms/work-form.js";
import { Page } from "../../page.js";
import { mark, time } from "../../parts/mark.js";
import { showOnce } from "../../parts/shown-once.js";
import { table } from "../../parts/work-table.js";
import { moment } from "../../times.js";
import { inWords, scopesOf, stateOf } from "./scopes.js";

/**
 * @typedef {{id: string | null, name: string, scopes: string[], origin: "station_file" | "console", made_by: string | null,
 *   made_at: string | null, expires_at: string | null, revoked_at: string | null}} Token
 */

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const SENSORS = /^[A-Za-z0-9_.:,; -]+$/;
const DAYS = ["7", "30", "90", "180", "365"];

/** Programs and sensor boxes that may write something. */
class TokensPage extends Page {
  #once = el("div", { class: "once" });
  /** Id → name. @type {Map<string, string>} */
  #people = new Map();

  async open() {
    const { t } = this.desk;
    this.table = this.#table();
    this.replaceChildren(el("p", { text: t("tokens_text") }), this.#once, this.table,
      el("section", {}, el("h2", { text: t("new_token") }), this.#form()));
    await this.#look();
  }

  #form() {
    const { t } = this.desk;
    const may = choice({ name: "may", label: t("token_may"), many: true, required: t("token_may_missing"), options: [
      { key: "operate", label: t("scope_operate") }, { key: "alert", label: t("scope_alert") }, { key: "sense", label: t("scope_sense") },
    ] });
    const sensors = text({ name: "sensors", label: t("sensor_ids"), hint: t("sensor_ids_hint"), pattern: SENSORS, required: t("sensor_ids_missing") });
    const choose = () => (sensors.element.hidden = !may.value().includes("sense"));
    may.element.addEventListener("change", choose);
    choose();
    const days = select({ name: "days", label: t("token_days"), value: "90", options: DAYS.map((key) => [key, t("days", { count: Number(key) })]) });
    const name = text({ name: "name", label: t("token_name"), hint: t("token_name_rule"), pattern: NAME, required: t("token_name_missing") });
    const send = async (/** @type {Record<string, any>} */ values) => {
      await this.#make(values);
      sensors.element.hidden = true;
    };
    return form({ t, fields: [name, may, sensors, days], submit: t("make_token"), send, places: { "name-taken": "name" } });
  }

  async #look() {
    const { api } = this.desk;
    const [{ tokens }, { accounts }] = await Promise.all([api.ask("GET", "tokens"), api.ask("GET", "accounts")]);
    this.#people = new Map(accounts.map((/** @type {import("../../api.js").Account} */ { id, name }) => [id, name]));
    this.table?.update(tokens);
  }

  #table() {
    const { t } = this.desk;
    const by = (/** @type {Token} */ { origin, made_by: id }) =>
      (origin === "station_file" ? t("of_station_file") : this.#people.get(id ?? "") ?? t("gone_person"));
    const state = (/** @type {Token} */ token) => {
      const found = stateOf(token, new Date());
      return mark(found === "valid" ? "good" : "quiet", t(`token_${found}`));
    };
    return table({
      caption: t("page_tokens"), empty: t("no_tokens"), key: (/** @type {Token} */ { id, name }) => id ?? `file:${name}`,
      columns: [
        { title: t("name"), head: true, cell: ({ name }) => name },
        { title: t("token_may"), cell: ({ scopes }) => inWords(scopes, t) },
        { title: t("made_by"), cell: by },
        { title: t("ends"), cell: ({ expires_at: at }) => (at ? time(at, moment(at)) : t("never")) },
        { title: t("state"), cell: state },
        { title: t("actions"), cell: (token) => {
          if (token.id === null) return t("in_station_file");
          if (stateOf(token, new Date()) !== "valid") return "";
          return el("button", { type: "button", class: "quiet", "data-act": "revoke", text: t("revoke"), "aria-label": t("revoke_name", { name: token.name }),
            on: { click: () => void this.attempt(() => this.#revoke(token)) } });
        } },
      ],
    });
  }

  /** @param {Record<string, any>} values */
  async #make({ name, may, sensors, days }) {
    const { api, t, tell } = this.desk;
    const { secret, token } = await api.ask("POST", "tokens", { name, scopes: scopesOf({ may, sensors }), days: Number(days) });
    showOnce({ place: this.#once, t, secret, title: t("token_made", { name: token.name }), text: t("token_made_text"), done: () => this.focusHeading() });
    tell(t("token_made", { name: token.name }));
    await this.attempt(() => this.#look());
  }

  /** @param {Token} token */
  async #revoke(token) {
    const { api, confirm, t, tell } = this.desk;
    if (!(await confirm({ title: t("revoke_name", { name: token.name }), text: t("revoke_text"), yes: t("revoke") }))) return;
    await api.ask("DELETE", `tokens/${token.id}`);
    tell(t("revoked", { name: token.name }));
    await this.#look();
  }
}
customElements.define("tokens-page", TokensPage);
export const page = TokensPage;
