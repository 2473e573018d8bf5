import { RATE } from "../protocol.js";

const FLUSH_LIMIT_MS = 300;

/**
 * The microphone, open for one utterance at a time. Whether it is open is asked of the track itself.
 *
 * @typedef {object} Ear
 * @property {() => void} live  the microphone is open; sound follows
 * @property {(sound: ArrayBuffer, level: number) => void} sound  s16le mono 16 kHz, and its loudest sample from 0 to 1
 */
export class Microphone {
  /** @type {MediaStreamTrack | null} */
  #track = null;
  /** @type {AudioContext | null} */
  #context = null;
  /** @type {AudioWorkletNode | null} */
  #capture = null;
  /** @type {Promise<void>} */
  #closing = Promise.resolve();

  /** True exactly while the browser's own track delivers sound. */
  get live() {
    return this.#track?.readyState === "live";
  }

  /**
   * Opens the microphone. Throws where there is none, or the browser does not allow it.
   * @param {Ear} ear
   */
  async open(ear) {
    await this.#closing;
    if (!navigator.mediaDevices) throw new Error("this browser gives no microphone to this address");
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true },
    });
    this.#track = stream.getAudioTracks()[0] ?? null;
    try {
      await this.#connect(stream, ear);
    } catch (error) {
      await this.#release();
      throw error;
    }
  }

  /** @param {MediaStream} stream @param {Ear} ear */
  async #connect(stream, ear) {
    const context = new AudioContext({ sampleRate: RATE });
    this.#context = context;
    if (context.sampleRate !== RATE) throw new Error("this browser cannot resample");
    await context.audioWorklet.addModule(new URL("capture.worklet.js", import.meta.url).href);
    const capture = new AudioWorkletNode(context, "capture", { numberOfOutputs: 0, channelCount: 1, channelCountMode: "explicit" });
    this.#capture = capture;
    capture.port.onmessage = ({ data }) => data.sound && ear.sound(data.sound, data.level);
    await context.resume();
    ear.live();
    context.createMediaStreamSource(stream).connect(capture);
  }

  /** Sends what is left, then closes the microphone. */
  close() {
    return (this.#closing = this.#flush());
  }

  async #flush() {
    const capture = this.#capture;
    if (capture) {
      const flushed = new Promise((resolve) => {
        capture.port.addEventListener("message", ({ data }) => data.done && resolve(null));
        capture.port.postMessage("flush");
      });
      await Promise.race([flushed, new Promise((resolve) => setTimeout(resolve, FLUSH_LIMIT_MS))]);
    }
    await this.#release();
  }

  async #release() {
    this.#track?.stop();
    const context = this.#context;
    this.#track = this.#context = this.#capture = null;
    if (context && context.state !== "closed") await context.close();
  }
}
