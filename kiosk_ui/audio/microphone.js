import { RATE } from "../protocol.js";

const FLUSH_LIMIT_MS = 300;

/**
 * The microphone, open for one utterance at a time. Whether it is open is asked of the track itself.
 *
 * @typedef {object} Ear
 * @property {() => void} open  the browser's track is live from here on
 * @property {() => void} live  sound follows
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
  /** Number of the newest opening; an older one that comes through late must leave nothing open. */
  #newest = 0;

  /** True exactly while the browser's own track delivers sound. */
  get live() {
    return this.#track?.readyState === "live";
  }

  /**
   * Opens the microphone, or comes to nothing where it is closed or opened again meanwhile. Throws where there is none,
   * or the browser does not allow it.
   * @param {Ear} ear
   */
  async open(ear) {
    const closed = this.close();
    const number = this.#newest;
    const overtaken = () => number !== this.#newest;
    try {
      await closed;
      await this.#connect(ear, overtaken);
    } catch (error) {
      if (overtaken()) return;
      this.close();
      throw error;
    }
  }

  /** @param {Ear} ear @param {() => boolean} overtaken */
  async #connect(ear, overtaken) {
    if (!navigator.mediaDevices) throw new Error("this browser gives no microphone to this address");
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true },
    });
    if (overtaken()) return stream.getTracks().forEach((track) => track.stop());
    this.#track = stream.getAudioTracks()[0] ?? null;
    ear.open();
    const context = new AudioContext({ sampleRate: RATE });
    this.#context = context;
    if (context.sampleRate !== RATE) throw new Error("this browser cannot resample");
    await context.audioWorklet.addModule(new URL("capture.worklet.js", import.meta.url).href);
    if (overtaken()) return;
    const capture = new AudioWorkletNode(context, "capture", { numberOfOutputs: 0, channelCount: 1, channelCountMode: "explicit" });
    this.#capture = capture;
    capture.port.onmessage = ({ data }) => data.sound && ear.sound(data.sound, data.level);
    await context.resume();
    if (overtaken()) return;
    ear.live();
    context.createMediaStreamSource(stream).connect(capture);
  }

  /** Sends what is left, then closes the microphone; an opening under way comes to nothing. */
  close() {
    this.#newest += 1;
    return (this.#closing = this.#closing.then(() => this.#flush()));
  }

  /** Closes the microphone at once and drops what was not sent. */
  abandon() {
    this.#letGo();
    this.#track?.stop();
    this.close();
  }

  async #flush() {
    const capture = this.#capture;
    if (capture) {
      const over = new AbortController();
      const flushed = new Promise((resolve) => {
        capture.port.addEventListener("message", ({ data }) => data.done && resolve(null), { signal: over.signal });
        capture.port.postMessage("flush");
      });
      await Promise.race([flushed, new Promise((resolve) => setTimeout(resolve, FLUSH_LIMIT_MS))]);
      over.abort();
    }
    await this.#release();
  }

  async #release() {
    this.#track?.stop();
    this.#letGo();
    const context = this.#context;
    this.#track = this.#context = null;
    if (context && context.state !== "closed") await context.close();
  }

  /** What listens to a port is never collected while it listens. */
  #letGo() {
    if (this.#capture) this.#capture.port.onmessage = null;
    this.#capture?.port.close();
    this.#capture = null;
  }
}
