import { Part, el } from "../../dom.js";
import { langOf } from "../../i18n.js";
import { icon } from "../../icons.js";

/** @import { View } from "../../dom.js" */
/** @import { ChoicesCard as Card } from "../../protocol.js" */

/** Things to choose from, by touch. Tells `suggestion`. */
export class ChoicesCard extends Part {
  /**
   * @param {Card} card
   * @param {View} view
   */
  update(card, view) {
    this.when("choices", [card, view.tag], () => {
      const buttons = card.choices.map((choice) =>
        el("li", {},
          el("button", { type: "button", lang: langOf(choice), on: { click: () => this.tell("suggestion", choice) } }, el("span", { text: choice.label }), icon("arrow"))));
      this.setAttribute("role", "group");
      this.setAttribute("aria-label", card.title);
      this.replaceChildren(el("ul", {}, ...buttons));
    });
  }
}

customElements.define("choices-card", ChoicesCard);
