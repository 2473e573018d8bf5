/** Opening hours of a week, read from and written in OpenStreetMap's `opening_hours` syntax, as far as a table of weekdays shows them. */

/** @typedef {{from: string, to: string}} Span  as 06:00 and 22:00; `to` before `from` ends on the next day */
/** @typedef {"closed" | "open" | Span[]} Day  at most two spans; `open` is all day */
/** What is wrong with a week: with which day, from 0 for Monday, and what. @typedef {{day: number, fault: "time" | "empty" | "break"}} Wrong */

const DAYS = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;
const RULE = /^(?:((?:Mo|Tu|We|Th|Fr|Sa|Su)(?:[-,](?:Mo|Tu|We|Th|Fr|Sa|Su))*)\s+)?(off|closed|24\/7|\d\d:\d\d-\d\d:\d\d(?:\s*,\s*\d\d:\d\d-\d\d:\d\d)?)$/;
const ALL_DAY = "00:00-24:00";

/** A week, Monday first; null where a table of weekdays does not show all that the text says. @param {string} text @returns {Day[] | null} */
export function read(text) {
  /** @type {Day[]} */
  const week = DAYS.map(() => "closed");
  const rules = text.split(";").map((rule) => rule.trim().replaceAll(/\s*,\s*/g, ",")).filter(Boolean);
  for (const rule of rules) {
    const [, days, times] = RULE.exec(rule) ?? [];
    const day = times && dayOf(times);
    const at = days ? daysOf(days) : DAYS.map((_, each) => each);
    if (!day || !at) return null;
    for (const each of at) week[each] = day;
  }
  return rules.length ? week : null;
}

/** A week as text. @param {Day[]} week */
export function write(week) {
  const said = week.map((day) => (day === "closed" ? "off" : day === "open" ? ALL_DAY : day.map(({ from, to }) => `${from}-${to === "00:00" ? "24:00" : to}`).join(",")));
  if (said.every((day) => day === ALL_DAY)) return "24/7";
  const groups = new Map(said.map((day) => [day, /** @type {number[]} */ ([])]));
  said.forEach((day, at) => groups.get(day)?.push(at));
  if (groups.size > 1) groups.delete("off");
  return [...groups].map(([day, at]) => `${runs(at)} ${day}`).join("; ");
}

/** The first that is wrong in a week; null where all is well. @param {Day[]} week @returns {Wrong | null} */
export function wrong(week) {
  for (const [day, spans] of week.entries()) {
    if (typeof spans === "string") continue;
    if (!spans.every(({ from, to }) => TIME.test(from) && TIME.test(to))) return { day, fault: "time" };
    if (spans.some(({ from, to }) => from === to)) return { day, fault: "empty" };
    if (spans.length > 1 && !inOrder(spans)) return { day, fault: "break" };
  }
  return null;
}

/** Whether the second begins after the first has ended on the same day. @param {Span[]} spans */
const inOrder = ([first, second]) => first.from < first.to && first.to < second.from && (second.to > second.from || second.to < first.from);

/** @param {string} times @returns {Day | null} */
function dayOf(times) {
  if (times === "off" || times === "closed") return "closed";
  if (times === "24/7") return "open";
  const spans = times.split(",").map((span) => {
    const [from, to] = span.split("-");
    return { from, to: to === "24:00" ? "00:00" : to };
  });
  if (spans.length === 1 && spans[0].from === "00:00" && spans[0].to === "00:00") return "open";
  return wrong([spans]) ? null : spans;
}

/** "Mo-Fr,Su" → 0 to 4 and 6; "Sa-Mo" goes on over Sunday. @param {string} days */
function daysOf(days) {
  /** @type {number[]} */
  const found = [];
  for (const part of days.split(",")) {
    const ends = part.split("-").map((day) => DAYS.indexOf(day));
    if (ends.length > 2) return null;
    const [first, last = first] = ends;
    for (let at = first; ; at = (at + 1) % 7) {
      found.push(at);
      if (at === last) break;
    }
  }
  return found;
}

/** 0 to 4 and 6 → "Mo-Fr,Su"; two neighbours are "Sa,Su". @param {number[]} days  in order */
function runs(days) {
  /** @type {string[]} */
  const said = [];
  for (let first = 0; first < days.length; ) {
    let last = first;
    while (days[last + 1] === days[last] + 1) last += 1;
    const [from, to] = [DAYS[days[first]], DAYS[days[last]]];
    said.push(last === first ? from : last === first + 1 ? `${from},${to}` : `${from}-${to}`);
    first = last + 1;
  }
  return said.join(",");
}
