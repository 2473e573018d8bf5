import { el } from "../../kiosk_ui/dom.js";

/** @import { Words } from "../words.js" */

/** Something secret that is shown this once. Leaving the page asks, until it is put away. */
class ShownOnce extends HTMLElement {
  get unsaved() {
    return this.isConnected;
  }

  /** @param {{title: string, text: string, secret: string, t: Words, done: () => void}} options */
  build({ title, text, secret, t, done }) {
    const field = el("input", { id: "shown-once", readonly: true, value: secret, spellcheck: "false", autocomplete: "off" });
    field.addEventListener("focus", () => field.select());
    const said = el("span", { role: "status" });
    const copy = async () => {
      field.select();
      const copied = await navigator.clipboard?.writeText(secret).then(() => true, () => false);
      said.textContent = t(copied ? "copied" : "copy_by_hand");
    };
    const away = () => {
      this.remove();
      done();
    };
    this.heading = el("h2", { text: title, tabindex: "-1" });
    this.append(this.heading, el("p", { text }), el("label", { for: "shown-once", text: t("once_label") }), field,
      el("p", { class: "buttons" },
        el("button", { type: "button", text: t("copy"), on: { click: copy } }),
        el("button", { type: "button", class: "quiet", text: t("put_away"), on: { click: away } }), said));
    return this;
  }
}
customElements.define("shown-once", ShownOnce);

/** @param {Parameters<ShownOnce["build"]>[0] & {place: HTMLElement}} options */
export function showOnce({ place, ...options }) {
  const shown = new ShownOnce().build(options);
  place.replaceChildren(shown);
  shown.heading?.focus();
}
