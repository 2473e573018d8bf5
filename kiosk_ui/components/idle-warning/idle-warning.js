import { Part, el } from "../../dom.js";
import { secondsLeft } from "../../state.js";

/** @import { View } from "../../dom.js" */

/** "Are you still there?", before the page is wiped. Any touch or key says yes. */
class IdleWarning extends Part {
  #title = el("h2", { id: "idle-warning-title" });
  #text = el("p");
  #stay = el("button", { type: "button" });
  #dialog = el("dialog", { "aria-labelledby": "idle-warning-title" }, this.#title, this.#text, this.#stay);

  connectedCallback() {
    this.append(this.#dialog);
  }

  /** @param {View} view */
  update({ state, t, at }) {
    const left = secondsLeft(state, at);
    this.when("left", [left, state.language], () => {
      if (left === null) return this.#dialog.close();
      this.#title.textContent = t("idle_title");
      this.#text.textContent = t("idle_text", { count: left });
      this.#stay.textContent = t("idle_stay");
      if (!this.#dialog.open) this.#dialog.showModal();
    });
  }
}

customElements.define("idle-warning", IdleWarning);
