import { el } from "../../kiosk_ui/dom.js";
import { password, text } from "../forms/fields.js";
import { form } from "../forms/work-form.js";

/** @import { Api } from "../api.js" */
/** @import { Words } from "../words.js" */

/** @param {Words} t @param {string} [name] */
export const nameField = (t, name = "") =>
  text({ name: "name", label: t("name"), autocomplete: "username", value: name, required: t("name_missing") });

/**
 * Signing in.
 * @param {{t: Words, api: Api, name: string, done: () => void, byCode: () => void}} options
 */
export function signIn({ t, api, name, done, byCode }) {
  const secret = password({ name: "password", label: t("password"), autocomplete: "current-password", required: t("password_missing"), t });
  const fields = [nameField(t, name), secret];
  const send = async (/** @type {Record<string, any>} */ values) => {
    await api.signIn(values.name, values.password);
    done();
  };
  return el("div", { class: "entrance" },
    el("h1", { text: t("sign_in"), tabindex: "-1" }),
    form({ t, fields, submit: t("sign_in"), send, kept: true }),
    el("p", { class: "aside" }, el("button", { type: "button", class: "link", text: t("have_code"), on: { click: byCode } })));
}
