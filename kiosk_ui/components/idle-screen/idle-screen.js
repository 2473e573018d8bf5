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
    new ResizeObserver(() => this.#fit()).observe(this.#board);
  }

  /** Shows whole rows only. */
  #fit() {
    const [first, ...rows] = [...this.#board.querySelectorAll("tbody tr")].map((row) => /** @type {HTMLElement} */ (row));
    for (const row of rows) row.hidden = false;
    if (!first || this.#board.scrollHeight <= this.#board.clientHeight) return;
    const { paddingBottom, borderBottomWidth } = getComputedStyle(this.#board);
    const end = this.#board.getBoundingClientRect().bottom - parseFloat(paddingBottom) - parseFloat(borderBottomWidth);
    const cut = rows.map((row) => row.getBoundingClientRect().bottom > end + 0.5);
    for (const [number, row] of rows.entries()) row.hidden = cut[number] ?? false;
  }

  /** @param {View} view */
  update(view) {
    const { state, t } = view;
    const { departures, air } = state.board;
    this.#board.hidden = departures === null;
    this.#air.hidden = air === null;
    const drawn = departures !== null && this.#board.update({ title: t("next_departures"), departures }, view);
    if (air) this.#air.update(air, view, true);
    const { text, lowReach } = state.preferences;
    this.when("size", [text, lowReach, air === null], () => this.#fit());
    if (drawn) this.#fit();
  }
}

customElements.define("idle-screen", IdleScreen);
