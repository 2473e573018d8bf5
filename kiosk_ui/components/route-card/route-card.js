import { Part, el } from "../../dom.js";
import { icon, modeIcon } from "../../icons.js";

/** @import { View } from "../../dom.js" */
/** @import { LevelMap, RouteCard as Card, StepRow } from "../../protocol.js" */

/** @param {string} name @param {string} text */
const fact = (name, text) => el("li", {}, icon(name), el("span", { text }));

/** A way through the station: how long, whether without steps, step by step, and on a map of each level. */
export class RouteCard extends Part {
  /**
   * @param {Card} card
   * @param {View} view
   */
  update(card, view) {
    this.when("route", [card, view.tag], () => this.#draw(card, view.t));
  }

  /** @param {Card} card @param {View["t"]} t */
  #draw(card, t) {
    const facts = [fact("clock", t("walk_minutes", { count: Math.max(1, Math.ceil(card.seconds / 60)) }))];
    if (card.metres) facts.push(fact("walk", t("metres", { count: card.metres })));
    facts.push(fact(card.step_free ? "accessible" : "stairs", t(card.step_free ? "step_free" : "has_steps")));
    this.replaceChildren(
      el("div", {}, el("h2", { text: card.title }), el("ul", { class: "facts" }, ...facts), this.#steps(card.steps, t)));
    if (card.maps.length) this.append(this.#maps(card.maps, t));
  }

  /** @param {StepRow[]} steps @param {View["t"]} t */
  #steps(steps, t) {
    const rows = steps.map(({ text, mode, level, metres }, place) => {
      const before = steps[place - 1]?.level ?? null;
      const reached = level && (before ? level !== before : mode !== "walkway") ? level : null;
      const length = mode === "walkway" ? null : metres; // the words of a walk name it
      return el("li", {},
        el("span", { class: "sign" }, icon(mode === "walkway" && place === steps.length - 1 ? "pin" : modeIcon(mode))),
        el("div", {},
          el("p", { text }),
          length || reached ? el("p", { class: "quiet" },
            length ? el("span", { text: t("metres", { count: length }) }) : null,
            reached ? el("span", { class: "level" }, icon("level"), el("span", { text: reached })) : null) : null));
    });
    return el("ol", { class: "steps" }, ...rows);
  }

  /** @param {LevelMap[]} maps @param {View["t"]} t */
  #maps(maps, t) {
    const image = el("img");
    const words = el("p");
    const show = (/** @type {LevelMap} */ map) => {
      image.src = map.image;
      image.alt = words.textContent = map.text;
      for (const button of buttons) button.setAttribute("aria-pressed", String(button.textContent === map.name));
    };
    const buttons = maps.map((map) => el("button", { type: "button", text: map.name, on: { click: () => show(map) } }));
    const [first] = maps;
    if (first) show(first);
    return el("div", { class: "maps" },
      maps.length > 1 ? el("div", { class: "levels", role: "group", "aria-label": t("levels") }, ...buttons) : null,
      image,
      el("details", {}, el("summary", { text: t("map_in_words") }), words));
  }
}

customElements.define("route-card", RouteCard);
