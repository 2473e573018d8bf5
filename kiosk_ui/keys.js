/**
 * Keys of a keypad beside the screen and of a headset's socket: ordinary keys that the station file gives a meaning. Pure.
 *
 * @import { KeyAction, Welcome } from "./protocol.js"
 *
 * @typedef {{kind: "action", action: KeyAction} | {kind: "plug", plugged: boolean}} Meaning
 */

/** Held down they go on; every other key counts once. */
const REPEATING = new Set(["next", "previous"]);

/** The keys that reach everything; the first touch of one turns the speech mode on. @type {ReadonlySet<KeyAction>} */
export const FOUR = new Set(/** @type {KeyAction[]} */ (["next", "previous", "select", "repeat"]));

/**
 * What a key means on this kiosk; null for a key that only types.
 * @param {string} code  `KeyboardEvent.code`
 * @param {Pick<Welcome, "keypad" | "headset">} kiosk
 * @returns {Meaning | null}
 */
export function meaningOf(code, { keypad, headset }) {
  const action = Object.hasOwn(keypad, code) ? keypad[code] : undefined;
  if (action) return { kind: "action", action };
  const plug = Object.hasOwn(headset, code) ? headset[code] : undefined;
  return plug ? { kind: "plug", plugged: plug === "plugged" } : null;
}

/** Whether a key that is still held counts again. @param {Meaning} meaning @param {boolean} repeat */
export function counts(meaning, repeat) {
  return !repeat || (meaning.kind === "action" && REPEATING.has(meaning.action));
}
