import { Part, el } from "../../dom.js";

/** @import { View } from "../../dom.js" */
/** @import { TextCard as Card } from "../../protocol.js" */

/** A title with lines below it. */
export class TextCard extends Part {
  /**
   * @param {Card} card
   * @param {View} view
   */
  update(card, view) {
    this.when("text", [card, view.tag], () => {
      this.replaceChildren(el("h2", { text: card.title }), el("ul", {}, ...card.lines.map((text) => el("li", { text }))));
    });
  }
}

customElements.define("text-card", TextCard);
