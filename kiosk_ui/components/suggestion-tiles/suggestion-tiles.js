import { Part, el } from "../../dom.js";
import { langOf } from "../../i18n.js";
import { askIcon, icon } from "../../icons.js";
import { tilesOf } from "../../state.js";

/** @import { View } from "../../dom.js" */
/** @import { Suggestion } from "../../protocol.js" */

/** Questions to touch: the most asked ones, or what follows from the answer. Tells `suggestion`. */
class SuggestionTiles extends Part {
  connectedCallback() {
    this.setAttribute("role", "region");
  }

  /** @param {View} view */
  update({ state, t, tag }) {
    const idle = state.phase === "idle";
    const tiles = tilesOf(state);
    this.classList.toggle("idle", idle);
    this.hidden = state.panel !== null || !tiles.length || (!idle && state.phase !== "answer");
    this.when("tiles", [tiles, tag, idle], () => {
      const title = t(idle ? "tiles_idle" : "tiles_next");
      this.setAttribute("aria-label", title);
      this.replaceChildren(el("h2", { text: title }), el("ul", {}, ...tiles.map((tile) => el("li", {}, this.#tile(tile)))));
    });
  }

  /** @param {Suggestion} tile */
  #tile(tile) {
    return el("button", { type: "button", lang: langOf(tile), on: { click: () => this.tell("suggestion", tile) } },
      el("span", { class: "sign" }, icon(askIcon(tile.ask))), el("span", { text: tile.label }));
  }
}

customElements.define("suggestion-tiles", SuggestionTiles);
