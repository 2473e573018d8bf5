import { el } from "../../dom.js";
import { nameOf, tagOf } from "../../i18n.js";
import { icon } from "../../icons.js";
import { PanelPart } from "../../panel.js";

/** @import { View } from "../../dom.js" */

/** Every language of the station by its own name, large. Tells `language`, then closes. */
class LanguagePanel extends PanelPart {
  constructor() {
    super("languages", { title: "language", close: "close" });
  }

  /** @param {View} view */
  update(view) {
    const { languages, language } = view.state;
    this.frame(view);
    this.when("languages", [languages, language], () => {
      this.body.replaceChildren(el("ul", { class: "languages" }, ...languages.map((each) => el("li", {}, this.#button(each, each === language)))));
    });
  }

  /** @param {string} language @param {boolean} chosen */
  #button(language, chosen) {
    return el("button", { type: "button", lang: tagOf(language), "aria-pressed": String(chosen), "data-choice": language, on: { click: () => this.#choose(language) } },
      icon(chosen ? "check" : "globe"), el("span", { text: nameOf(language) }));
  }

  /** @param {string} language */
  #choose(language) {
    this.tell("language", language);
    this.tell("panel", null);
  }
}

customElements.define("language-panel", LanguagePanel);
