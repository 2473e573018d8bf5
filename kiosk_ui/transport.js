/** @import { ClientMessage, ServerMessage } from "./protocol.js" */

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 2000;
/** An attempt that has come to nothing after this long is given up: a machine that hangs neither accepts nor refuses. */
const LONGEST_ATTEMPT_MS = 4000;

/**
 * The WebSocket to the assistant: opens itself again, for ever, with growing waits.
 *
 * @typedef {object} Listener
 * @property {() => void} opened
 * @property {() => void} lost
 * @property {(message: ServerMessage) => void} message
 * @property {(sound: ArrayBuffer) => void} sound
 */
export class Transport {
  /** @type {WebSocket | null} */
  #socket = null;
  #wait = FIRST_WAIT_MS;

  /**
   * @param {string} url
   * @param {Listener} listener
   */
  constructor(url, listener) {
    this.url = url;
    this.listener = listener;
  }

  /** Opens the connection, and again whenever it is lost. */
  open() {
    const socket = new WebSocket(this.url);
    socket.binaryType = "arraybuffer";
    const patience = setTimeout(() => socket.close(), LONGEST_ATTEMPT_MS);
    socket.addEventListener("open", () => {
      clearTimeout(patience);
      this.#socket = socket;
      this.#wait = FIRST_WAIT_MS;
      this.listener.opened();
    });
    socket.addEventListener("message", (event) => {
      if (event.data instanceof ArrayBuffer) this.listener.sound(event.data);
      else this.listener.message(JSON.parse(event.data));
    });
    socket.addEventListener("close", () => {
      clearTimeout(patience);
      this.#socket = null;
      this.listener.lost();
      setTimeout(() => this.open(), this.#wait);
      this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT_MS);
    });
  }

  /**
   * Sends a message; drops it while the connection is down.
   * @param {ClientMessage} message
   */
  send(message) {
    this.#socket?.send(JSON.stringify(message));
  }

  /**
   * Sends sound, s16le mono.
   * @param {ArrayBuffer} sound
   */
  sendSound(sound) {
    this.#socket?.send(sound);
  }
}
