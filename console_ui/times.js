/** Days and times as the station's people write them, in the time zone of this computer. */

/** @param {Intl.DateTimeFormatOptions} options @param {string} [zone] */
const format = (options, zone) => new Intl.DateTimeFormat("en-GB", { ...options, timeZone: zone });

/** "24 Nov 2026, 08:00". @param {string} iso @param {string} [zone] */
export const moment = (iso, zone) =>
  format({ day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" }, zone).format(new Date(iso));

/** "24 Nov 2026, 08:00" by the clock of the station, whose offset the moment has. @param {string} iso */
export const there = (iso) => moment(`${iso.slice(0, 16)}Z`, "UTC");

/** "08:00:05". @param {Date} at @param {string} [zone] */
export const clock = (at, zone) => format({ hour: "2-digit", minute: "2-digit", second: "2-digit" }, zone).format(at);

/** "24 Nov 2026" of a date without a time, the same in every zone. @param {string} date */
export const day = (date) => format({ day: "numeric", month: "short", year: "numeric" }, "UTC").format(new Date(`${date}T00:00:00Z`));

/** The date of a moment, as a date field has it: "2026-11-24". @param {string} iso @param {string} [zone] */
export function dateOf(iso, zone) {
  const found = format({ day: "2-digit", month: "2-digit", year: "numeric" }, zone).formatToParts(new Date(iso));
  const parts = Object.fromEntries(found.map(({ type, value }) => [type, value]));
  return `${parts.year}-${parts.month}-${parts.day}`;
}
