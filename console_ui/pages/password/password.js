import { el } from "../../../kiosk_ui/dom.js";
import { password } from "../../forms/fields.js";
import { form } from "../../forms/work-form.js";
import { Page } from "../../page.js";

/** One's own password. */
class PasswordPage extends Page {
  async open() {
    const { t } = this.desk;
    const fields = [
      password({ name: "old", label: t("old_password"), autocomplete: "current-password", required: t("password_missing"), t }),
      password({ name: "new", label: t("new_password"), hint: t("password_rule"), autocomplete: "new-password", required: t("password_missing"), t }),
    ];
    const places = { "password-refused": "old", "weak-password": "new" };
    this.replaceChildren(el("p", { text: t("own_password_text") }), form({ t, fields, submit: t("save"), send: (typed) => this.#save(typed), places }));
  }

  /** @param {Record<string, any>} typed */
  async #save({ old, new: wanted }) {
    const { api, t, tell } = this.desk;
    api.session = await api.ask("PUT", "session/password", { old, new: wanted });
    tell(t("password_changed"));
  }
}
customElements.define("password-page", PasswordPage);
export const page = PasswordPage;
