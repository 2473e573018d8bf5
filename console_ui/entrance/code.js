import { el } from "../../kiosk_ui/dom.js";
import { choice, password, text } from "../forms/fields.js";
import { form } from "../forms/work-form.js";
import { NAME } from "../roles.js";

/** @import { Api } from "../api.js" */
/** @import { Field } from "../forms/fields.js" */
/** @import { Words } from "../words.js" */

const PLACES = { "code-refused": "code", "name-missing": "name", "weak-password": "password" };

/**
 * Setting a password by a one-time code: the machine's, which makes an admin, or the one a colleague gave. `first` at the first set-up.
 * @param {{t: Words, api: Api, first: boolean, done: (name: string) => void, back: () => void}} options
 */
export function byCode({ t, api, first, done, back }) {
  const whose = choice({ name: "whose", label: t("code_whose"), value: first ? "machine" : "colleague", options: [
    { key: "colleague", label: t("code_of_colleague") }, { key: "machine", label: t("code_of_machine"), hint: t("code_how") },
  ] });
  const name = text({ name: "name", label: t("code_name"), hint: t("name_rule"), pattern: NAME, autocomplete: "username", required: t("name_missing") });
  const fields = /** @type {Field[]} */ ([
    whose,
    text({ name: "code", label: t("code"), hint: t("code_hint"), required: t("code_missing") }),
    name,
    password({ name: "password", label: t("new_password"), hint: t("password_rule"), autocomplete: "new-password", required: t("password_missing"), t }),
  ]);
  const choose = () => (name.element.hidden = whose.value() !== "machine");
  whose.element.hidden = first;
  whose.element.addEventListener("change", choose);
  choose();
  const send = async (/** @type {Record<string, any>} */ values) => {
    const own = values.whose === "machine" ? values.name : null;
    await api.ask("POST", "codes", { code: values.code, name: own, password: values.password });
    if (own) await api.signIn(own, values.password);
    done(own ?? "");
  };
  const returning = el("button", { type: "button", class: "link", text: t("back_to_sign_in"), on: { click: back } });
  return el("div", { class: "entrance" },
    el("h1", { text: t(first ? "first_title" : "code_title"), tabindex: "-1" }),
    first ? el("p", { text: t("first_text") }) : null, first ? el("p", { class: "hint", text: t("code_how") }) : null,
    form({ t, fields, submit: t("set_password"), send, places: PLACES, kept: true }),
    first ? null : el("p", { class: "aside" }, returning));
}
