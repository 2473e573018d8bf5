import { alertSign } from "./alert-sign.js";

/** @import { Kind } from "../../alerts.js" */
/** @import { Example, Examples } from "../../examples/stage.js" */

/** @type {Kind[]} */
export const KINDS = ["danger", "caution", "safe", "exercise", "test", "system"];

/** @type {Examples} */
export const examples = Object.fromEntries(KINDS.map((kind) => [kind, /** @type {Example} */ ((stage) => stage.place(alertSign(kind)))]));
export const frame = { width: 120, within: { "font-size": "40px" } };
