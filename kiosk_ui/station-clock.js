/**
 * The station's clock and times, read from ISO text with an offset. The machine's own time zone never matters.
 *
 * @typedef {{iso: string, at: number}} Reading  the station's time, and the page's monotonic milliseconds at that moment
 */

/** @param {string} iso @returns {number} minutes east of UTC */
function offsetMinutes(iso) {
  const match = /([+-])(\d\d):?(\d\d)$/.exec(iso);
  if (!match) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return match[1] === "-" ? -minutes : minutes;
}

/**
 * The station's wall clock now.
 * @param {Reading} reading
 * @param {number} at  the page's monotonic milliseconds
 * @returns {Date} whose UTC fields are the station's wall clock
 */
export function wallClock(reading, at) {
  return new Date(Date.parse(reading.iso) + offsetMinutes(reading.iso) * 60_000 + (at - reading.at));
}

/**
 * "14:05" of an ISO time, as its own offset says.
 * @param {string} iso
 */
export function hoursAndMinutes(iso) {
  return iso.slice(11, 16);
}

/**
 * Hours and minutes of a wall clock.
 * @param {Date} wall
 */
export function clockFace(wall) {
  return wall.toISOString().slice(11, 16);
}

/**
 * "2026-11-30" of a wall clock.
 * @param {Date} wall
 */
export function dayOf(wall) {
  return wall.toISOString().slice(0, 10);
}

const FAR_MS = 6 * 3600_000;

/**
 * The weekday of a time that is neither today nor within the next hours; null for the others.
 * @param {string} iso
 * @param {Date} now  the station's wall clock
 * @param {string} tag
 */
export function otherDay(iso, now, tag) {
  const wall = wallClock({ iso, at: 0 }, 0);
  if (wall.getTime() - now.getTime() < FAR_MS || dayOf(wall) === dayOf(now)) return null;
  return new Intl.DateTimeFormat(tag, { weekday: "short", timeZone: "UTC" }).format(wall);
}

/**
 * Minutes between two times as a clock without seconds shows them.
 * @param {string} from
 * @param {string} to
 */
export function minutesBetween(from, to) {
  return Math.floor(Date.parse(to) / 60_000) - Math.floor(Date.parse(from) / 60_000);
}

/**
 * The date in words.
 * @param {Date} wall
 * @param {string} tag
 */
export function longDate(wall, tag) {
  return new Intl.DateTimeFormat(tag, { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" }).format(wall);
}

/**
 * A time that has come, on the station's wall clock: "14:05" of today, "Mon 14:05" of a day before.
 * @param {string} iso  with any offset
 * @param {Reading | null} reading
 * @param {number} at
 * @param {string} tag
 */
export function sinceWhen(iso, reading, at, tag) {
  if (!reading) return hoursAndMinutes(iso);
  const wall = new Date(Date.parse(iso) + offsetMinutes(reading.iso) * 60_000);
  const today = dayOf(wallClock(reading, at)) === dayOf(wall);
  const day = new Intl.DateTimeFormat(tag, { weekday: "short", timeZone: "UTC" }).format(wall);
  return today ? clockFace(wall) : `${day} ${clockFace(wall)}`;
}
