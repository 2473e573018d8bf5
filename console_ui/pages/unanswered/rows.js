import { spoken } from "../../content.js";
import { localised } from "../../words.js";

/** @typedef {{kind: "stop" | "line" | "place" | "category" | "subject", id: string, names: Record<string, string>}} PublicName */
/** @typedef {{kind: string, topic: string, language: string, name: PublicName | null, at_least: number}} Asked */

/** What tells a row from others. @param {Asked} row */
export const keyOf = ({ kind, topic, language, name }) => [kind, topic, language, name?.kind ?? "", name?.id ?? ""].join("|");

/** What the station calls it; for a subject, and for what is no longer there, its id. @param {PublicName} name */
export const nameOf = ({ id, kind, names }) => localised(names) || (kind === "subject" ? spoken(id) : id);

/** Where a phrase for it is added. @param {string} draft @param {Asked} row */
export const phrasePath = (draft, { topic, language }) => `#/topic/${draft}/${topic}/phrases/${language}`;
