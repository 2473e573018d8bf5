import { VOLUMES } from "../preferences.js";

/**
 * Tones in Hz; each begins so many seconds after the one before. `warning`: two, the second higher. `listening`: one, short of
 * being heard as the beginning of a question.
 */
const TONES = { warning: [523.25, 659.25], listening: [880] };
const STEP_S = 0.22;
const LENGTH_S = 0.5;
const LOUDNESS = 0.12;
const LOUDEST = 0.3;

/** A short soft sound made by the page itself: no file, no server, no voice. */
export class Chime {
  /** @type {AudioContext | null} */
  #context = null;

  /**
   * Sounds once; settles when it is over.
   * @param {keyof typeof TONES} name
   * @param {number} volume  a step of `VOLUMES`
   */
  async ring(name, volume) {
    const context = (this.#context ??= new AudioContext());
    await context.resume();
    const loudness = Math.min(LOUDEST, LOUDNESS * (VOLUMES[volume] ?? 1));
    const tones = TONES[name].map((frequency, i) => this.#tone(context, frequency, context.currentTime + i * STEP_S, loudness));
    await Promise.all(tones);
    await context.suspend(); // A context that runs keeps the sound card awake.
  }

  /** @param {AudioContext} context @param {number} frequency @param {number} from @param {number} loudness @returns {Promise<void>} */
  #tone(context, frequency, from, loudness) {
    const gain = context.createGain();
    gain.gain.setValueAtTime(0, from);
    gain.gain.linearRampToValueAtTime(loudness, from + 0.03);
    gain.gain.exponentialRampToValueAtTime(0.001, from + LENGTH_S);
    const tone = context.createOscillator();
    tone.frequency.value = frequency;
    tone.connect(gain).connect(context.destination);
    tone.start(from);
    tone.stop(from + LENGTH_S);
    return new Promise((resolve) => {
      tone.onended = () => {
        gain.disconnect();
        resolve();
      };
    });
  }
}
