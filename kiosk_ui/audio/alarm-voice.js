import { alarms } from "../alerts.js";
import { Player } from "./player.js";

/** @import { AlertAudio } from "../protocol.js" */
/** @import { State } from "../state.js" */

/** The voice of alarms. No touch and no key stills it; only the end of its alarm does, or a more severe one. */
export class AlarmVoice {
  /** Whether an alarm is being said. */
  sounding = false;
  #player = new Player((sounding) => {
    this.sounding = sounding;
    this.onSounding(sounding);
  });
  /** @type {string | null} */
  #id = null;

  /** @param {(sounding: boolean) => void} onSounding  called when it begins and when it is silent */
  constructor(onSounding) {
    this.onSounding = onSounding;
  }

  /**
   * An alarm is said aloud: its frames follow. Languages of one alarm, and less severe alarms, wait until it is said.
   * @param {AlertAudio} audio
   * @param {State} state
   */
  begin({ alert_id: id, rate }, state) {
    const order = alarms(state).map((alert) => alert.id);
    if (this.#id !== id && order.indexOf(id) < order.indexOf(this.#id ?? "")) this.#player.hush();
    this.#id = id;
    this.#player.begin(rate);
  }

  /** @param {ArrayBuffer} sound */
  push(sound) {
    this.#player.push(sound);
  }

  /**
   * Stops where the alarm that is being said is over.
   * @param {State} before
   * @param {State} after
   */
  follow(before, after) {
    const stands = (/** @type {State} */ state) => alarms(state).some(({ id }) => id === this.#id);
    if (stands(before) && !stands(after)) this.#player.hush();
  }
}
