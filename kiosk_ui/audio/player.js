/** Plays speech as it arrives, s16le mono, without gaps; can be hushed at any moment. */
export class Player {
  /** @type {AudioContext | null} */
  #context = null;
  /** @type {Set<AudioBufferSourceNode>} */
  #playing = new Set();
  #rate = 0;
  #next = 0;

  /** @param {(speaking: boolean) => void} onSpeaking  called when speech begins and when it is over */
  constructor(onSpeaking) {
    this.onSpeaking = onSpeaking;
  }

  /**
   * Speech of this rate follows.
   * @param {number} rate
   */
  begin(rate) {
    this.#context ??= new AudioContext();
    this.#context.resume();
    this.#rate = rate;
  }

  /**
   * Plays a frame after the ones before it.
   * @param {ArrayBuffer} sound
   */
  push(sound) {
    const context = this.#context;
    const samples = new Int16Array(sound, 0, sound.byteLength >> 1);
    if (!context || !this.#rate || !samples.length) return;
    const buffer = context.createBuffer(1, samples.length, this.#rate);
    buffer.copyToChannel(Float32Array.from(samples, (sample) => sample / 32768), 0);
    const source = context.createBufferSource();
    source.buffer = buffer;
    source.connect(context.destination);
    source.onended = () => this.#ended(source);
    this.#next = Math.max(this.#next, context.currentTime);
    source.start(this.#next);
    this.#next += buffer.duration;
    if (!this.#playing.size) this.onSpeaking(true);
    this.#playing.add(source);
  }

  /** @param {AudioBufferSourceNode} source */
  #ended(source) {
    if (this.#playing.delete(source) && !this.#playing.size) this.onSpeaking(false);
  }

  /** Silence at once; frames that still come are dropped until the next `begin`. */
  hush() {
    const sources = [...this.#playing];
    this.#playing.clear();
    this.#rate = 0;
    this.#next = 0;
    for (const source of sources) source.stop();
    if (sources.length) this.onSpeaking(false);
  }
}
