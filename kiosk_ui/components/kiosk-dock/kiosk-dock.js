import { Part, el } from "../../dom.js";
import { nameOf } from "../../i18n.js";
import { icon } from "../../icons.js";
import { LanguageSwitch } from "../language-switch/language-switch.js";
import { TalkButton } from "../talk-button/talk-button.js";

/** @import { View } from "../../dom.js" */
/** @import { Panel, State } from "../../state.js" */

/** So many languages stand side by side; with more of them one button opens them all. */
const SIDE_BY_SIDE = 3;

/** Within everybody's reach: talk, type, reading and hearing, help, start over, language. Tells `type`, `start-over` and `panel`. */
class KioskDock extends Part {
  #talk = new TalkButton();
  #languages = new LanguageSwitch();
  /** @type {Panel | null} */
  #panel = null;
  #type = this.#button("type", "keyboard", () => this.tell("type"));
  #settings = this.#button("settings", "appearance", () => this.#toggle("settings"));
  #help = this.#button("help", "help", () => this.#toggle("help"));
  #over = this.#button("over", "home", () => this.tell("start-over"));
  #language = this.#button("language", "globe", () => this.#toggle("languages"));
  #promise = this.#button("promise", "shield", () => this.#toggle("privacy"));

  connectedCallback() {
    this.setAttribute("role", "contentinfo");
    const ways = el("div", { class: "ways" }, this.#type, this.#settings, this.#help, this.#over);
    this.append(ways, this.#talk, el("div", { class: "tongues" }, this.#languages, this.#language), this.#promise);
  }

  /** @param {View & {level: number}} view */
  update(view) {
    const { state, t, tag } = view;
    this.hidden = state.phase === "offline";
    this.#talk.update(view);
    this.#languages.update(view);
    this.#over.disabled = state.phase === "idle" && state.panel === null;
    this.classList.toggle("many", state.languages.length > SIDE_BY_SIDE);
    this.when("words", [tag, state.language], () => {
      const words = [[this.#type, t("type")], [this.#settings, t("settings")], [this.#help, t("help")], [this.#over, t("start_over")],
        [this.#language, nameOf(state.language)], [this.#promise, t("promise")]];
      for (const [button, text] of /** @type {[HTMLElement, string][]} */ (words)) /** @type {HTMLElement} */ (button.lastElementChild).textContent = text;
    });
    this.when("panel", state.panel, () => this.#mark(state));
  }

  /** Puts the focus on the button that opens the keyboard. */
  focusType() {
    this.#type.focus();
  }

  /** @param {State} state */
  #mark({ panel }) {
    this.#panel = panel;
    for (const [button, opens] of /** @type {[HTMLElement, Panel][]} */ ([[this.#settings, "settings"], [this.#help, "help"],
      [this.#language, "languages"], [this.#promise, "privacy"]])) button.setAttribute("aria-expanded", String(panel === opens));
  }

  /** A button that opened a panel closes it too. @param {Panel} panel */
  #toggle(panel) {
    this.tell("panel", this.#panel === panel ? null : panel);
  }

  /** @param {string} name @param {string} sign @param {() => void} click */
  #button(name, sign, click) {
    return el("button", { type: "button", class: name, on: { click } }, icon(sign), el("span"));
  }
}

customElements.define("kiosk-dock", KioskDock);
