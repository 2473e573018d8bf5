import { Part, el } from "../../dom.js";
import { icon, placeIcon } from "../../icons.js";

/** @import { View } from "../../dom.js" */
/** @import { PlaceCard as Card } from "../../protocol.js" */

/** @param {string} name @param {string} text @param {string} [kind] */
const fact = (name, text, kind = "") => el("li", { class: kind }, icon(name), el("span", { text }));

/** A facility: where it is, when it is open, and how one gets there. */
export class PlaceCard extends Part {
  /**
   * @param {Card} card
   * @param {View} view
   */
  update(card, view) {
    this.when("place", [card, view.tag], () => this.#draw(card, view));
  }

  /** @param {Card} card @param {View} view */
  #draw(card, { t, tag }) {
    const facts = [];
    if (card.seconds) facts.push(fact("walk", t("walk_minutes", { count: Math.max(1, Math.ceil(card.seconds / 60)) })));
    if (card.metres !== null) facts.push(fact("pin", t("metres_away", { count: card.metres })));
    if (card.open_now !== null) {
      facts.push(fact("clock", t(card.open_now ? "open_now" : "closed_now"), card.open_now ? "open" : "closed"));
    }
    if (card.hours_text) facts.push(fact("clock", card.hours_text));
    if (card.step_free !== null) facts.push(fact("accessible", t(card.step_free ? "step_free" : "not_step_free")));
    const title = el("div", {}, el("h2", { text: card.name }), card.level ? el("p", { class: "level", text: card.level }) : null);
    const sign = el("span", { class: "sign" }, icon(placeIcon(card.category)));
    this.replaceChildren(el("header", {}, sign, title));
    if (card.where) this.append(el("p", { class: "where", text: card.where }));
    if (facts.length) this.append(el("ul", { class: "facts" }, ...facts));
    if (card.note) this.append(el("p", { class: "note", text: card.note }));
    if (card.others.length) {
      const names = new Intl.ListFormat(tag, { type: "unit" }).format(card.others);
      this.append(el("p", { class: "others", text: t("also", { names }) }));
    }
  }
}

customElements.define("place-card", PlaceCard);
