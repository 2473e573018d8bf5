import { Part, el } from "../../dom.js";
import { icon } from "../../icons.js";
import { hoursAndMinutes, minutesBetween, otherDay, wallClock } from "../../station-clock.js";
import { lineBadge } from "../line-badge/line-badge.js";

/** @import { View } from "../../dom.js" */
/** @import { JourneyCard as Card, JourneyRow, LegRow } from "../../protocol.js" */

/** @param {string} from @param {string} to @param {View["t"]} t */
function duration(from, to, t) {
  const minutes = minutesBetween(from, to);
  const hours = Math.floor(minutes / 60);
  return hours ? t("hours_minutes", { hours, minutes: minutes % 60 }) : t("minutes", { count: minutes });
}

/**
 * A time; where the train promises no exact ones, as about that time.
 * @param {string} iso
 * @param {LegRow | undefined} leg
 * @param {View["t"]} t
 */
const time = (iso, leg, t) =>
  el("time", { datetime: iso, text: leg?.headway_s ? t("about_time", { time: hoursAndMinutes(iso) }) : hoursAndMinutes(iso) });

/** A call: when, where, at which platform. @param {Node} when @param {string} name @param {string | null} platform @param {View["t"]} t */
const call = (when, name, platform, t) =>
  el("p", { class: "call" }, when,
    el("span", { class: "name", text: name }),
    platform ? el("span", { class: "platform", text: t("platform", { platform }) }) : null);

/** @param {LegRow} leg @param {View["t"]} t */
function ride(leg, t) {
  const train = leg.trip_name && leg.trip_name !== leg.line ? el("span", { class: "quiet", text: leg.trip_name }) : null;
  const every = leg.headway_s ? t("every_minutes", { count: Math.max(1, Math.round(leg.headway_s / 60)) }) : null;
  const stops = leg.stops ? el("span", { class: "quiet", text: t("stops_between", { count: leg.stops }) }) : null;
  return el("li", { class: "ride" },
    call(time(leg.departure, leg, t), leg.start, leg.start_platform, t),
    el("p", { class: "train" },
      lineBadge(leg),
      leg.headsign ? el("span", { text: t("towards", { headsign: leg.headsign }) }) : null,
      every ? el("span", { class: "every", text: every }) : null,
      train, stops),
    call(time(leg.arrival, leg, t), leg.goal, leg.goal_platform, t));
}

/** @param {LegRow} leg @param {View["t"]} t */
function walk(leg, t) {
  const goal = leg.goal_platform ? t("walk_to_platform", { platform: leg.goal_platform }) : t("walk_to", { goal: leg.goal });
  const minutes = Math.max(1, minutesBetween(leg.departure, leg.arrival));
  return el("li", { class: "walk" }, icon("walk"), el("span", { text: goal }), el("span", { class: "quiet", text: t("minutes", { count: minutes }) }));
}

/** Ways to go to a station: times and changes of each; touched, its trains, platforms and walks. */
export class JourneyCard extends Part {
  /**
   * @param {Card} card
   * @param {View} view
   */
  update(card, view) {
    this.when("journeys", [card, view.tag], () => {
      this.setAttribute("role", "group");
      this.setAttribute("aria-label", card.title);
      this.replaceChildren(...card.journeys.map((journey, place) => this.#journey(journey, view, place === 0)));
      if (!card.journeys.length) this.append(el("p", { text: view.t("journeys_empty") }));
    });
  }

  /** @param {JourneyRow} journey @param {View} view @param {boolean} open */
  #journey(journey, view, open) {
    const { t } = view;
    const legs = journey.legs.map((leg) => (leg.kind === "walk" ? walk(leg, t) : ride(leg, t)));
    return el("details", { name: "journeys", open }, this.#summary(journey, view), el("ol", { class: "legs" }, ...legs));
  }

  /** @param {JourneyRow} journey @param {View} view */
  #summary(journey, { state, t, tag, at }) {
    const { departure, arrival, changes, legs } = journey;
    const day = state.clock ? otherDay(departure, wallClock(state.clock, at), tag) : null;
    const rides = legs.filter((leg) => leg.kind === "ride");
    const trains = rides.flatMap((leg, place) => (place ? [icon("next"), lineBadge(leg)] : [lineBadge(leg)]));
    return el("summary", {}, el("span", { class: "gist" },
      el("span", { class: "times" },
        day ? el("span", { class: "quiet", text: day }) : null,
        time(departure, rides[0], t),
        el("span", { role: "img", "aria-label": t("until") }, icon("arrow")),
        time(arrival, rides.at(-1), t)),
      el("span", { class: "trains" }, ...trains),
      el("span", { class: "quiet", text: `${duration(departure, arrival, t)} · ${t(changes ? "changes" : "direct", { count: changes })}` })),
      icon("open"));
  }
}

customElements.define("journey-card", JourneyCard);
