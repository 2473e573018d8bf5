/** @import { Desk } from "../page.js" */
/** @import { Entry } from "./entries.js" */

/**
 * What a draft says of the station.
 * @typedef {object} Station
 * @property {string} tag
 * @property {string[]} languages
 * @property {Entry[]} places
 * @property {Entry[]} rules
 * @property {Entry[]} sensors
 * @property {Record<string, Record<string, string>>} facts  subject → language → text
 * @property {{categories: string[], levels: {id: string, name: Record<string, string>}[], subjects: string[], quantities: string[]}} choices
 */

/** The lists of a station file. @typedef {"places" | "rules" | "sensors"} Section */

/** @param {Desk} desk @param {string} draft @returns {Promise<Station>} */
export const stationOf = ({ api }, draft) => api.ask("GET", `drafts/${draft}/station`);

/** A change of the station file as it was read. Raises Refused: 412 where somebody has saved since. */
export class Edits {
  #api;
  #path;

  /** @param {Desk} desk @param {string} draft */
  constructor({ api }, draft) {
    this.#api = api;
    this.#path = `drafts/${draft}/station`;
  }

  /** @param {string} part  as "places/cafe" @param {unknown} body @param {string} tag @returns {Promise<Station>} */
  put(part, body, tag) {
    return this.#api.ask("PUT", `${this.#path}/${encoded(part)}`, body, { "if-match": `"${tag}"` });
  }

  /** @param {string} part @param {string} tag @returns {Promise<Station>} */
  remove(part, tag) {
    return this.#api.ask("DELETE", `${this.#path}/${encoded(part)}`, undefined, { "if-match": `"${tag}"` });
  }
}

/** @param {string} part */
const encoded = (part) => part.split("/").map(encodeURIComponent).join("/");
