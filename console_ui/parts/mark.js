import { el } from "../../kiosk_ui/dom.js";
import { icon } from "../../kiosk_ui/icons.js";

const SIGNS = { good: "check", warn: "warning", bad: "close", quiet: "minus" };

/** @typedef {"good" | "warn" | "bad" | "quiet"} Kind */

/** A state by shape, colour and word. @param {Kind} kind @param {string} text @param {string} [sign] */
export const mark = (kind, text, sign = SIGNS[kind]) => el("span", { class: "mark", "data-kind": kind }, icon(sign), el("span", { text }));

/** A moment. @param {string} iso @param {string} text */
export const time = (iso, text) => el("time", { datetime: iso, text });
