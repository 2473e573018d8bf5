import { Part, el } from "../../dom.js";
import { icon } from "../../icons.js";
import { clockFace, hoursAndMinutes, otherDay, wallClock } from "../../station-clock.js";
import { lineBadge } from "../line-badge/line-badge.js";

/** @import { View } from "../../dom.js" */
/** @import { DepartureRow } from "../../protocol.js" */

const SIGNS = { scheduled: "calendar", on_time: "check", delayed: "clock", cancelled: "close" };

/** What is known beyond the plan, in words and a sign. @param {DepartureRow} row @param {View} view */
function remark({ status, expected, platform, scheduled_platform, headway_s }, { t }) {
  /** @param {string} kind @param {string} name @param {string} text */
  const line = (kind, name, text) => el("p", { class: kind }, icon(name), el("span", { text }));
  const late = status === "delayed" && expected ? t("status_expected", { time: hoursAndMinutes(expected) }) : t(`status_${status}`);
  const moved = scheduled_platform && platform && scheduled_platform !== platform && status !== "cancelled";
  return [
    headway_s && status !== "cancelled" ? line("scheduled", "calendar", t("no_exact_times")) : line(status, SIGNS[status], late),
    moved ? line("moved", "warning", t("platform_changed")) : null,
  ];
}

/** @param {DepartureRow} row @param {View} view */
function time(row, { state, t, tag, at }) {
  if (row.headway_s) return el("span", { class: "every", text: t("every_minutes", { count: Math.max(1, Math.round(row.headway_s / 60)) }) });
  const day = state.clock ? otherDay(row.scheduled, wallClock(state.clock, at), tag) : null;
  const planned = el(row.status === "delayed" || row.status === "cancelled" ? "s" : "span", { class: "planned", text: hoursAndMinutes(row.scheduled) });
  return el("div", {}, day ? el("span", { class: "day", text: day }) : null, planned);
}

/** @param {DepartureRow} row @param {View} view */
function towards(row, { t }) {
  const train = row.trip_name && row.trip_name !== row.line ? el("span", { class: "train", text: row.trip_name }) : null;
  const arrival = row.arrival && !row.headway_s ? el("span", { class: "arrival", text: t("arrives", { time: hoursAndMinutes(row.arrival) }) }) : null;
  const onward = row.onward ? el("span", { class: "train", text: t("goes_on_as", { train: row.onward }) }) : null;
  return el("div", {}, el("span", { class: "headsign", text: row.headsign }), train, onward, arrival);
}

/** @param {DepartureRow} row @param {View} view */
function platform({ platform, scheduled_platform }, { t }) {
  if (!platform) return [el("span", { class: "none", "aria-label": t("platform_unknown"), role: "img", text: "–" })];
  const moved = scheduled_platform && scheduled_platform !== platform;
  return [moved ? el("s", { text: scheduled_platform }) : null, moved ? " " : null, el("span", { class: moved ? "moved" : null, text: platform })];
}

/** Departures, one a row: time, line, destination, platform, and whether the time is more than a plan. */
export class DeparturesBoard extends Part {
  /**
   * @param {{title: string, departures: DepartureRow[]}} card
   * @param {View} view
   * @returns {boolean}  whether it was drawn anew
   */
  update(card, view) {
    const minute = view.state.clock ? clockFace(wallClock(view.state.clock, view.at)) : "";
    return this.when("board", [card, view.tag, minute], () => this.#draw(card, view));
  }

  /** @param {{title: string, departures: DepartureRow[]}} card @param {View} view */
  #draw(card, view) {
    const { t } = view;
    const heads = ["time", "line", "to", "platform", "remark"].map((name) =>
      el("th", { scope: "col", class: name, text: t(`board_${name}`) }),
    );
    const rows = card.departures.map((row) =>
      el("tr", { class: row.status },
        el("td", { class: "time" }, time(row, view)),
        el("td", { class: "line" }, lineBadge(row)),
        el("td", { class: "to" }, towards(row, view)),
        el("td", { class: "platform", "data-label": t("board_platform") }, ...platform(row, view)),
        el("td", { class: "remark" }, ...remark(row, view)),
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
