/** @import { Words } from "../../words.js" */

/** Ids of sensors as somebody writes them, with commas or spaces between. @param {string} text */
export const sensorsIn = (text) => [...new Set(text.split(/[\s,;]+/).filter(Boolean))];

/** What a token may, for the call that makes it. @param {{may: string[], sensors: string}} typed */
export function scopesOf({ may, sensors }) {
  return [...may.filter((key) => key !== "sense"), ...(may.includes("sense") ? sensorsIn(sensors).map((id) => `sense:${id}`) : [])];
}

/** What a token may, in words. @param {string[]} scopes @param {Words} t */
export function inWords(scopes, t) {
  const ids = scopes.filter((scope) => scope.startsWith("sense:")).map((scope) => scope.slice("sense:".length));
  const plain = ["operate", "alert"].filter((scope) => scopes.includes(scope)).map((scope) => t(`scope_${scope}`));
  return [...plain, ...(ids.length ? [t("scope_sense_of", { ids: ids.join(", ") })] : [])].join("; ") || t("scope_none");
}

/**
 * Whether a token opens anything at a moment.
 * @param {{revoked_at: string | null, expires_at: string | null}} token @param {Date} now
 * @returns {"valid" | "revoked" | "expired"}
 */
export function stateOf({ revoked_at: revoked, expires_at: ends }, now) {
  if (revoked) return "revoked";
  return ends && new Date(ends) <= now ? "expired" : "valid";
}
