/** The limiter: where the voice is made louder than it was recorded, its peaks are held below full scale. */
const LIMIT = { threshold: -6, knee: 4, ratio: 16, attack: 0.003, release: 0.15 };

/** Plays speech as it arrives, s16le mono, without gaps; can be hushed at any moment. */
export class Player {
  /** @type {AudioContext | null} */
  #context = null;
  /** @type {GainNode | null} */
  #gain = null;
  /** @type {DynamicsCompressorNode | null} */
  #limiter = null;
  #loudness = 1;
  /** What plays, in order, with what is to be told when it is over. @type {Map<AudioBufferSourceNode, (() => void) | null>} */
  #playing = new Map();
  #rate = 0;
  #next = 0;
  /** @type {AudioBufferSourceNode | null} */
  #last = null;
  /** Told when the first frame that follows is heard. @type {(() => void) | null} */
  #onHeard = null;

  /** @param {(speaking: boolean) => void} onSpeaking  called when speech begins and when it is over */
  constructor(onSpeaking) {
    this.onSpeaking = onSpeaking;
  }

  /**
   * Speech of this rate follows.
   * @param {number} rate
   * @param {() => void} [onHeard]  called when it is its turn to be heard
   */
  begin(rate, onHeard) {
    this.#context ??= new AudioContext();
    this.#context.resume();
    this.#rate = rate;
    this.#onHeard = onHeard ?? null;
  }

  /** @param {number} loudness  1: as it was recorded */
  set loudness(loudness) {
    this.#loudness = loudness;
    if (!this.#gain || !this.#context) return;
    this.#gain.gain.setTargetAtTime(loudness, this.#context.currentTime, 0.02);
    this.#route(this.#context, this.#gain);
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
    source.connect(this.#output(context));
    source.onended = () => this.#ended(source);
    this.#next = Math.max(this.#next, context.currentTime);
    source.start(this.#next);
    this.#next += buffer.duration;
    this.#announce();
    this.#playing.set(source, null);
    this.#last = source;
  }

  /** Tells when a new text is heard: at once, or after what still plays. */
  #announce() {
    const told = this.#onHeard;
    this.#onHeard = null;
    if (this.#playing.size && this.#last) {
      if (told) this.#playing.set(this.#last, told);
      return;
    }
    this.onSpeaking(true);
    told?.();
  }

  /** @param {AudioContext} context @returns {GainNode} what the voice goes through */
  #output(context) {
    if (this.#gain) return this.#gain;
    this.#gain = new GainNode(context, { gain: this.#loudness });
    this.#limiter = new DynamicsCompressorNode(context, LIMIT);
    this.#limiter.connect(context.destination);
    this.#route(context, this.#gain);
    return this.#gain;
  }

  /** Through the limiter only where the voice is louder than it was recorded. @param {AudioContext} context @param {GainNode} gain */
  #route(context, gain) {
    gain.disconnect();
    gain.connect(this.#loudness > 1 && this.#limiter ? this.#limiter : context.destination);
  }

  /** @param {AudioBufferSourceNode} source */
  #ended(source) {
    const told = this.#playing.get(source);
    if (!this.#playing.delete(source)) return;
    if (!this.#playing.size) this.onSpeaking(false);
    else told?.();
  }

  /** Silence at once; frames that still come are dropped until the next `begin`. */
  hush() {
    const sources = [...this.#playing.keys()];
    this.#playing.clear();
    this.#last = null;
    this.#rate = 0;
    this.#next = 0;
    this.#onHeard = null;
    for (const source of sources) source.stop();
    if (sources.length) this.onSpeaking(false);
  }
}
