import { Part, el } from "../../dom.js";
import { langOf } from "../../i18n.js";
import { askIcon, icon } from "../../icons.js";
import { shortOf } from "../../quiet.js";
import { tilesOf } from "../../state.js";

/** @import { View } from "../../dom.js" */
/** @import { Suggestion } from "../../protocol.js" */

/** Questions to touch: the most asked ones, what follows from the answer, or for a quiet person a few large ones. Tells `suggestion`. */
class SuggestionTiles extends Part {
  connectedCallback() {
    this.setAttribute("role", "region");
  }

  /** @param {View} view */
  update({ state, t, tag }) {
    const idle = state.phase === "idle";
    const tiles = tilesOf(state);
    const few = state.help === "tiles" && state.phase === "answer";
    this.classList.toggle("idle", idle);
    this.classList.toggle("few", few);
    this.hidden = state.panel !== null || !tiles.length || (!idle && state.phase !== "answer");
    this.when("tiles", [tiles, tag, idle, few], () => {
      const title = t(idle || few ? "tiles_idle" : "tiles_next");
      const label = (/** @type {Suggestion} */ tile) => {
        const short = few ? shortOf(tile.ask) : null;
        return short ? t(`few_${short}`) : tile.label;
      };
      this.setAttribute("aria-label", title);
      const list = el("ul", {}, ...tiles.map((tile) => el("li", {}, this.#tile(tile, label(tile), few ? undefined : state.language))));
      this.replaceChildren(...(few ? [] : [el("h2", { text: title })]), list); // The question of the few stands beside them, large.
    });
  }

  /** @param {Suggestion} tile @param {string} label @param {string} [language]  of the conversation */
  #tile(tile, label, language) {
    return el("button", { type: "button", lang: langOf(tile, language), on: { click: () => this.tell("suggestion", tile) } },
      el("span", { class: "sign" }, icon(askIcon(tile.ask))), el("span", { text: label }));
  }
}

customElements.define("suggestion-tiles", SuggestionTiles);
