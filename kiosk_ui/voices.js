import { AlarmVoice } from "./audio/alarm-voice.js";
import { Player } from "./audio/player.js";

/** @import { AlertAudio, Audio, ClientMessage, Reading } from "./protocol.js" */
/** @import { State } from "./state.js" */

/** Sound that is not to be heard goes here. @type {Pick<Player, "push">} */
const DEAF = { push: () => {} };
const NOTHING_READ = { id: "", text: "", shown: true };

/**
 * What the page does with its voices.
 * @typedef {object} Hearer
 * @property {(speaking: boolean) => void} speaking  an answer or a reading begins to be heard, or is over
 * @property {(text: string, shown: boolean) => void} saying  what is heard from here on, and whether it is on the screen too
 * @property {(sounding: boolean) => void} alarm  the voice of an alarm begins, or is silent
 */

/** The voices of the page: answers, texts that it has read aloud, alarms. Each takes the place of the one before; none is heard beside an alarm's. */
export class Voices {
  #hearer;
  #player;
  #alarm;
  /** The text that is read aloud; what still comes of another is dropped. */
  #reading = NOTHING_READ;
  /** Whose frames come now. @type {Pick<Player, "push">} */
  #sounding = DEAF;

  /** @param {Hearer} hearer */
  constructor(hearer) {
    this.#hearer = hearer;
    this.#player = new Player(hearer.speaking);
    this.#alarm = new AlarmVoice(hearer.alarm);
  }

  /** Whether an alarm is being said. */
  get alarmSounds() {
    return this.#alarm.sounding;
  }

  /** @param {number} loudness  1: as it was recorded; of an alarm it is not changed */
  set loudness(loudness) {
    this.#player.loudness = loudness;
  }

  /** @param {ArrayBuffer} sound  a frame of what was begun last */
  push(sound) {
    this.#sounding.push(sound);
  }

  /** Silence but for an alarm, and what was to be read is not wanted any more. */
  still() {
    this.#reading = NOTHING_READ;
    this.#player.hush();
  }

  /**
   * A text is to be read aloud; it takes the place of what is being said.
   * @param {string} text
   * @param {string} language
   * @param {boolean} shown  whether it is on the screen too
   * @returns {Extract<ClientMessage, {type: "read"}>} what the assistant is to be asked
   */
  wish(text, language, shown) {
    this.still();
    this.#reading = { id: crypto.randomUUID(), text, shown };
    return { type: "read", reading_id: this.#reading.id, text, language };
  }

  /** A text that was wished comes. @param {Reading} reading */
  read({ reading_id: id, rate }) {
    const { id: wanted, text, shown } = this.#reading;
    this.#begin(rate, id === wanted, text, shown);
  }

  /** An answer comes. @param {Audio} audio @param {boolean} wanted @param {boolean} shown */
  answer({ rate, text }, wanted, shown) {
    this.#begin(rate, wanted, text, shown);
  }

  /** What comes is not heard, and what is heard goes on. */
  pass() {
    this.#sounding = DEAF;
  }

  /** @param {number} rate @param {boolean} wanted @param {string} text @param {boolean} shown */
  #begin(rate, wanted, text, shown) {
    this.#sounding = this.#player;
    if (wanted) this.#player.begin(rate, () => this.#hearer.saying(text, shown));
    else this.#player.hush();
  }

  /** An alarm is said. @param {AlertAudio} audio @param {State} state */
  alarm(audio, state) {
    this.still();
    this.#alarm.begin(audio, state);
    this.#sounding = this.#alarm;
  }

  /** Stops where the alarm that is being said is over. @param {State} before @param {State} after */
  follow(before, after) {
    if (before.alerts !== after.alerts) this.#alarm.follow(before, after);
  }
}
