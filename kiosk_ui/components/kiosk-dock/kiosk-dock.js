import { Part, el } from "../../dom.js";
import { icon } from "../../icons.js";
import { LanguageSwitch } from "../language-switch/language-switch.js";
import { TalkButton } from "../talk-button/talk-button.js";

/** @import { View } from "../../dom.js" */

/** Within everybody's reach: talk, type, start over, language. Tells `type` and `start-over`. */
class KioskDock extends Part {
  #talk = new TalkButton();
  #languages = new LanguageSwitch();
  #typeText = el("span");
  #type = el("button", { type: "button", class: "type", on: { click: () => this.tell("type") } }, icon("keyboard"), this.#typeText);
  #overText = el("span");
  #over = el("button", { type: "button", class: "over", on: { click: () => this.tell("start-over") } }, icon("home"), this.#overText);
  #promise = el("p", { class: "promise" });

  connectedCallback() {
    this.setAttribute("role", "contentinfo");
    this.append(el("div", { class: "ways" }, this.#type, this.#over), this.#talk, this.#languages, this.#promise);
  }

  /** @param {View & {level: number}} view */
  update(view) {
    const { state, t, tag } = view;
    this.hidden = state.phase === "offline";
    this.#talk.update(view);
    this.#languages.update(view);
    this.#over.disabled = state.phase === "idle";
    this.when("words", tag, () => {
      this.#typeText.textContent = t("type");
      this.#overText.textContent = t("start_over");
      this.#promise.textContent = t("promise");
    });
  }

  /** Puts the focus on the button that opens the keyboard. */
  focusType() {
    this.#type.focus();
  }
}

customElements.define("kiosk-dock", KioskDock);
