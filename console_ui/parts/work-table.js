import { el } from "../../kiosk_ui/dom.js";

/**
 * @template Row
 * @typedef {object} Column
 * @property {string} title
 * @property {(row: Row) => Node | string} cell
 * @property {boolean} [head]  names the row
 */

/**
 * @template Row
 * @typedef {object} Options
 * @property {string} caption
 * @property {Column<Row>[]} columns
 * @property {(row: Row) => string} key
 * @property {string} empty  what is said where there are no rows
 */

/** A table that changes row by row, so that whoever is in the middle of it stays there. On a narrow page each row is a card. */
export class WorkTable extends HTMLElement {
  /** @type {Options<any>} */
  // @ts-expect-error: set by `build`
  #options;
  #body = el("tbody", { role: "rowgroup" });
  #none = el("p", { class: "none" });
  /** @type {Map<string, {line: HTMLTableRowElement, shown: string}>} */
  #rows = new Map();
  #frame = el("table", { role: "table" });

  /** @template Row @param {Options<Row>} options @returns {this} */
  build(options) {
    this.#options = options;
    const heads = options.columns.map(({ title }) => el("th", { scope: "col", role: "columnheader", text: title }));
    this.#frame.append(el("caption", { text: options.caption }), el("thead", { role: "rowgroup" }, el("tr", { role: "row" }, ...heads)), this.#body);
    this.#none.textContent = options.empty;
    this.append(this.#frame, this.#none);
    return this;
  }

  /** @template Row @param {Row[]} rows */
  update(rows) {
    const { key } = this.#options;
    const keys = new Set(rows.map(key));
    for (const [name, { line }] of this.#rows) {
      if (keys.has(name)) continue;
      if (line.contains(document.activeElement)) this.#hold(/** @type {HTMLElement | null} */ (line.nextElementSibling ?? line.previousElementSibling));
      line.remove();
      this.#rows.delete(name);
    }
    rows.forEach((row, at) => this.#put(row, key(row), at));
    this.#frame.hidden = rows.length === 0;
    this.#none.hidden = rows.length > 0;
  }

  /** @param {unknown} row @param {string} name @param {number} at */
  #put(row, name, at) {
    const shown = JSON.stringify(row);
    const known = this.#rows.get(name) ?? { line: el("tr", { role: "row", "data-key": name }), shown: "" };
    if (known.shown !== shown) this.#draw(known.line, row);
    this.#rows.set(name, { line: known.line, shown });
    const there = this.#body.children[at];
    if (there === known.line) return;
    const focused = known.line.contains(document.activeElement) ? document.activeElement : null;
    this.#body.insertBefore(known.line, there ?? null);
    if (focused instanceof HTMLElement) focused.focus();
  }

  /** @param {HTMLTableRowElement} line @param {unknown} row */
  #draw(line, row) {
    const focused = line.contains(document.activeElement) ? document.activeElement : null;
    const act = focused?.getAttribute("data-act");
    line.replaceChildren(...this.#options.columns.map(({ title, cell, head }) => {
      const made = head ? el("th", { scope: "row", role: "rowheader", "data-title": title }) : el("td", { role: "cell", "data-title": title });
      made.append(cell(row));
      return made;
    }));
    if (focused) this.#hold(/** @type {HTMLElement | null} */ (line.querySelector(`[data-act="${act}"]`)) ?? line);
  }

  /** @param {HTMLElement | null} there */
  #hold(there) {
    if (!there) return;
    if (there instanceof HTMLTableRowElement) there.tabIndex = -1;
    there.focus();
  }
}
customElements.define("work-table", WorkTable);

/** @template Row @param {Options<Row>} options */
export const table = (options) => new WorkTable().build(options);
