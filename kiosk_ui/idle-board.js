/** @import { AirQualityCard, DepartureRow } from "./protocol.js" */

const ROWS = 6;
/** More are not read by who passes; all are told to who asks. */
const NOTICES = 2;

/**
 * Reads the next departures; null where there are none to be had.
 * @param {string} language
 * @returns {Promise<DepartureRow[] | null>}
 */
export async function nextDepartures(language) {
  const body = await get(`v1/departures?limit=${ROWS}&language=${language}`);
  return Array.isArray(body?.departures) ? body.departures.slice(0, ROWS) : null;
}

/**
 * Reads the air; null where nothing measures it.
 * @param {string} language
 * @returns {Promise<AirQualityCard | null>}
 */
export async function airNow(language) {
  const body = await get(`v1/environment?language=${language}`);
  return body?.card?.type === "air_quality" ? body.card : null;
}

/**
 * Reads what the station itself has to say now, disruptions first; none where it cannot be read.
 * @param {string} language
 * @returns {Promise<string[]>}
 */
export async function noticesNow(language) {
  const body = await get(`v1/service-alerts?language=${language}`);
  const alerts = Array.isArray(body?.alerts) ? body.alerts : [];
  return alerts.filter((/** @type {any} */ { source }) => source?.table === "notices").slice(0, NOTICES).map((/** @type {any} */ { header }) => String(header));
}

/** @param {string} path @returns {Promise<any>} the body, or null */
async function get(path) {
  try {
    const response = await fetch(path, { cache: "no-store" });
    return response.ok ? await response.json() : null;
  } catch {
    return null; // The connection's own loss is shown by the offline screen.
  }
}
