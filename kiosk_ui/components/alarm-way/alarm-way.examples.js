import { REFUGE, WAY_OUT, alarmed, fire } from "../../examples/station.js";

/** @import { Examples } from "../../examples/stage.js" */
/** @import { AlertView } from "../../protocol.js" */

/** @param {Partial<AlertView>} [changes] @param {boolean} [stepFree] */
export function shown(changes = {}, stepFree = false) {
  const alert = fire(changes);
  return { data: [alert], state: { ...alarmed(alert), alarm: { id: null, stepFree, turnFrom: 0 } } };
}

/** @type {Examples} */
export const examples = {
  "by the stairs": (stage) => stage.show(shown()),
  "without stairs, to a refuge": (stage) => stage.show(shown({}, true)),
  "not known to be safe": (stage) => stage.show(shown({ way_out: { ...WAY_OUT, safe: false, metres: null } })),
  "none is known": (stage) => stage.show(shown({ way_out: null, way_out_step_free: null })),
  "none without stairs": (stage) => stage.show(shown({ way_out_step_free: null }, true)),
  "many steps": (stage) => stage.show(shown({ way_out: { ...REFUGE, steps: Object.fromEntries(Object.entries(REFUGE.steps).map(([language, steps]) => [language, [...steps, ...steps, ...steps]])) } })),
};
/** As large as on the alarm's screen. */
export const frame = { within: { "--alarm-body": "28px", "--pad": "36px" } };
