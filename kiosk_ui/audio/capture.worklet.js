/** Turns the microphone's samples into frames of s16le; "flush" sends the rest. */

const FRAME = 1600;

class Capture extends AudioWorkletProcessor {
  #frame = new Int16Array(FRAME);
  #filled = 0;
  #loudest = 0;

  constructor() {
    super();
    this.port.onmessage = () => {
      this.#send();
      this.port.postMessage({ done: true });
    };
  }

  /** @param {Float32Array[][]} inputs */
  process(inputs) {
    for (const sample of inputs[0]?.[0] ?? []) {
      const clipped = Math.max(-1, Math.min(1, sample));
      this.#loudest = Math.max(this.#loudest, Math.abs(clipped));
      this.#frame[this.#filled++] = Math.round(clipped * 32767);
      if (this.#filled === FRAME) this.#send();
    }
    return true;
  }

  #send() {
    const sound = this.#frame.slice(0, this.#filled).buffer;
    if (this.#filled) this.port.postMessage({ sound, level: this.#loudest }, [sound]);
    this.#filled = 0;
    this.#loudest = 0;
  }
}

registerProcessor("capture", Capture);
