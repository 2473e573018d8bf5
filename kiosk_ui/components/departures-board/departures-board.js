import { badgeColours } from "../../colour.js";
import { Part, el } from "../../dom.js";
import { clockFace, hoursAndMinutes, wallClock } from "../../station-clock.js";

/** @import { View } from "../../dom.js" */
/** @import { DepartureRow } from "../../protocol.js" */

const FAR_MS = 6 * 3600_000;

/** @param {DepartureRow} row */
function lineBadge(row) {
  const colours = badgeColours(row.colour, row.text_colour);
  const badge = el("span", { class: "line", text: row.line });
  badge.style.setProperty("--badge", colours?.background ?? "#fff");
  badge.style.setProperty("--badge-text", colours?.text ?? "#0b1e3d");
  return badge;
}

/** @param {DepartureRow} row @param {View} view */
function remark({ status, expected }, { t }) {
  const text = status === "delayed" && expected ? t("status_expected", { time: hoursAndMinutes(expected) }) : t(`status_${status}`);
  return el("span", { class: `remark ${status}`, text });
}

/** The day of a departure that is not of the next hours. @param {DepartureRow} row @param {View} view */
function day(row, { state, tag, at }) {
  if (!state.clock) return null;
  const wall = wallClock({ iso: row.scheduled, at: 0 }, 0);
  const now = wallClock(state.clock, at);
  if (wall.getTime() - now.getTime() < FAR_MS || wall.toISOString().slice(0, 10) === now.toISOString().slice(0, 10)) return null;
  return el("span", { class: "day", text: new Intl.DateTimeFormat(tag, { weekday: "short", timeZone: "UTC" }).format(wall) });
}

/** Departures, one a row: time, line, destination, platform, and whether the time is more than a plan. */
export class DeparturesBoard extends Part {
  /**
   * @param {{title: string, departures: DepartureRow[]}} card
   * @param {View} view
   */
  update(card, view) {
    const minute = view.state.clock ? clockFace(wallClock(view.state.clock, view.at)) : "";
    this.when("board", [card, view.tag, minute], () => this.#draw(card, view));
  }

  /** @param {{title: string, departures: DepartureRow[]}} card @param {View} view */
  #draw(card, view) {
    const { t } = view;
    const heads = ["time", "line", "to", "platform", "remark"].map((name) =>
      el("th", { scope: "col", class: name, text: t(`board_${name}`) }),
    );
    const rows = card.departures.map((row) =>
      el("tr", { class: row.status },
        el("td", { class: "time" }, day(row, view), el("span", { class: "planned", text: hoursAndMinutes(row.scheduled) })),
        el("td", { class: "line" }, lineBadge(row)),
        el("td", { class: "to" },
          el("div", {}, el("span", { class: "headsign", text: row.headsign }),
          row.arrival ? el("span", { class: "arrival", text: t("arrives", { time: hoursAndMinutes(row.arrival) }) }) : null)),
        el("td", { class: "platform" },
          row.platform ? el("span", { text: row.platform }) : el("span", { class: "none", "aria-label": t("platform_unknown"), role: "img", text: "–" })),
        el("td", { class: "remark" }, remark(row, view)),
      ),
    );
    this.replaceChildren(
      el("h2", { text: card.title }),
      el("table", { "aria-label": card.title }, el("thead", {}, el("tr", {}, ...heads)), el("tbody", {}, ...rows)),
    );
    if (!rows.length) this.append(el("p", { class: "empty", text: t("board_empty") }));
  }
}

customElements.define("departures-board", DeparturesBoard);
