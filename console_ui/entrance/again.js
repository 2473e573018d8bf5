import { el } from "../../kiosk_ui/dom.js";
import { Refused } from "../api.js";
import { password, text } from "../forms/fields.js";
import { form } from "../forms/work-form.js";
import { dialog } from "../parts/dialogs.js";

/** @import { Api } from "../api.js" */
/** @import { Words } from "../words.js" */

/**
 * The session has ended: the same person signs in over the page, where all stays as it was typed.
 * @param {Api} api @param {Words} t
 * @returns {Promise<boolean>}
 */
export function signInAgain(api, t) {
  const before = /** @type {import("../api.js").Session} */ (api.session).account;
  return new Promise((resolve) => {
    let signed = false;
    const send = async (/** @type {Record<string, any>} */ { password: typed }) => {
      const { account } = await api.signIn(before.name, typed);
      if (account.id !== before.id) throw new Refused(403, "someone-else"); // The name has gone to another person since.
      signed = true;
      shown.close();
    };
    const fields = [text({ name: "name", label: t("name"), autocomplete: "username", value: before.name, readonly: true }),
      password({ name: "password", label: t("password"), autocomplete: "current-password", required: t("password_missing"), t })];
    const leave = el("button", { type: "button", class: "quiet", text: t("leave"), on: { click: () => location.reload() } });
    const shown = dialog(t("again_title"), el("p", { text: t("again_text") }), form({ t, fields, submit: t("sign_in"), send, beside: [leave] }));
    shown.className = "again";
    shown.addEventListener("cancel", (event) => event.preventDefault());
    shown.addEventListener("close", () => {
      if (!signed) return shown.showModal(); // Nobody closes it by accident.
      shown.remove();
      resolve(true);
    });
    document.body.append(shown);
    shown.showModal();
    fields[1].control.focus();
  });
}
