import { Part } from "../../dom.js";
import { AirQuality } from "../air-quality/air-quality.js";
import { DeparturesBoard } from "../departures-board/departures-board.js";

/** @import { View } from "../../dom.js" */

/** Nobody is talking: the next departures and the air. */
class IdleScreen extends Part {
  #board = new DeparturesBoard();
  #air = new AirQuality();

  connectedCallback() {
    this.append(this.#board, this.#air);
    new ResizeObserver(() => this.#fit(true)).observe(this.#board);
  }

  /** Shows whole rows only. @param {boolean} anew  more may fit than before */
  #fit(anew) {
    const rows = [...this.#board.querySelectorAll("tbody tr")].map((row) => /** @type {HTMLElement} */ (row));
    if (anew) for (const row of rows) row.hidden = false;
    while (rows.length > 1 && this.#board.scrollHeight > this.#board.clientHeight) {
      const last = rows.pop();
      if (last) last.hidden = true;
    }
  }

  /** @param {View} view */
  update(view) {
    const { departures, air } = view.state.board;
    this.#board.hidden = departures === null;
    this.#air.hidden = air === null;
    if (departures) this.#board.update({ title: view.t("next_departures"), departures }, view);
    const { text, lowReach } = view.state.preferences;
    this.when("size", [text, lowReach, air === null], () => this.#fit(true));
    this.#fit(false);
    if (air) this.#air.update(air, view, true);
  }
}

customElements.define("idle-screen", IdleScreen);
