import { el } from "../../../kiosk_ui/dom.js";
import { choice, text } from "../../forms/fields.js";
import { form } from "../../forms/work-form.js";
import { Page } from "../../page.js";
import { ask, dialog } from "../../parts/dialogs.js";
import { mark, time } from "../../parts/mark.js";
import { showOnce } from "../../parts/shown-once.js";
import { table } from "../../parts/work-table.js";
import { NAME, ROLES } from "../../roles.js";
import { moment } from "../../times.js";

/** @import { Account } from "../../api.js" */
/** @import { Words } from "../../words.js" */

/** @param {Words} t @param {string} value */
const roleField = (t, value) =>
  choice({ name: "role", label: t("role"), value, options: ROLES.map((key) => ({ key, label: t(`role_${key}`), hint: t(`may_${key}`) })) });

/** Who may sign in, and what they may do. */
class PeoplePage extends Page {
  #once = el("div", { class: "once" });

  async open() {
    const { t } = this.desk;
    this.table = this.#table();
    const fields = [text({ name: "name", label: t("name"), hint: t("name_rule"), pattern: NAME, required: t("name_missing") }), roleField(t, "viewer")];
    const add = form({ t, fields, submit: t("add_person"), send: (values) => this.#add(values), places: { "name-taken": "name" } });
    this.replaceChildren(this.#once, this.table, el("section", {}, el("h2", { text: t("new_person") }), el("p", { text: t("new_person_text") }), add));
    await this.#look();
  }

  async #look() {
    const { accounts } = await this.desk.api.ask("GET", "accounts");
    this.table?.update(accounts);
  }

  #table() {
    const { t, me } = this.desk;
    return table({
      caption: t("page_people"), empty: "", key: (/** @type {Account} */ { id }) => id,
      columns: [
        { title: t("name"), head: true, cell: ({ id, name }) => (id === me().account.id ? t("name_own", { name }) : name) },
        { title: t("role"), cell: ({ role }) => t(`role_${role}`) },
        { title: t("state"), cell: ({ active, ready }) =>
          (!active ? mark("quiet", t("closed")) : ready ? mark("good", t("may_sign_in")) : mark("warn", t("no_password_yet"))) },
        { title: t("since"), cell: ({ made_at: at }) => time(at, moment(at)) },
        { title: t("actions"), cell: (account) => this.#actions(account) },
      ],
    });
  }

  /** @param {Account} account */
  #actions(account) {
    const { t, me } = this.desk;
    const button = (/** @type {string} */ act, /** @type {() => Promise<void>} */ what) =>
      el("button", { type: "button", class: "quiet", "data-act": act, text: t(`person_${act}`), "aria-label": t(`person_${act}_name`, { name: account.name }),
        on: { click: () => void this.attempt(what) } });
    const change = button("change", () => this.#change(account));
    if (account.id === me().account.id) return el("div", { class: "acts" }, change);
    return el("div", { class: "acts" }, change, button("code", () => this.#code(account)), button("erase", () => this.#erase(account)));
  }

  /** @param {Record<string, any>} values */
  async #add({ name, role }) {
    const { api, t, tell } = this.desk;
    const { account, code, expires_at: until } = await api.ask("POST", "accounts", { name, role });
    this.#showCode(account.name, code, until);
    tell(t("person_added", { name: account.name }));
    await this.attempt(() => this.#look());
  }

  /** @param {Account} account */
  async #code(account) {
    const { code, expires_at: until } = await this.desk.api.ask("POST", `accounts/${account.id}/code`);
    this.#showCode(account.name, code, until);
  }

  /** @param {string} name @param {string} code @param {string} until */
  #showCode(name, code, until) {
    const { t } = this.desk;
    const told = t("code_for_text", { name, until: moment(until) });
    showOnce({ place: this.#once, t, secret: code, title: t("code_for", { name }), text: told, done: () => this.focusHeading() });
  }

  /** @param {Account} account */
  async #change(account) {
    const { api, t, tell, me, renamed } = this.desk;
    const signs = choice({ name: "active", label: t("sign_in_may"), value: String(account.active), hint: t("sign_in_may_hint"),
      options: [{ key: "true", label: t("yes_may") }, { key: "false", label: t("no_closed") }] });
    const send = async (/** @type {Record<string, any>} */ { role, active }) => {
      await api.ask("PATCH", `accounts/${account.id}`, { role, active: active === "true" });
      if (account.id === me().account.id) await api.whoAmI();
      shown.close("saved");
    };
    const cancel = el("button", { type: "button", class: "quiet", text: t("cancel"), on: { click: () => shown.close() } });
    const shown = dialog(t("person_change_name", { name: account.name }),
      form({ t, fields: [roleField(t, account.role), signs], submit: t("save"), send, beside: [cancel], kept: true }));
    if ((await ask(shown)) !== "saved") return;
    tell(t("saved"));
    renamed();
    await this.#look();
  }

  /** @param {Account} account */
  async #erase(account) {
    const { api, confirm, t, tell } = this.desk;
    const sure = await confirm({ title: t("person_erase_name", { name: account.name }), text: t("erase_text"), yes: t("person_erase") });
    if (!sure) return;
    await api.ask("DELETE", `accounts/${account.id}`);
    tell(t("person_erased", { name: account.name }));
    await this.#look();
  }
}
customElements.define("people-page", PeoplePage);
export const page = PeoplePage;
