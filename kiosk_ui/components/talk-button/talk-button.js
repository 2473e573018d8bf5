import { Part, el } from "../../dom.js";
import { icon } from "../../icons.js";
import { Press } from "../../press.js";
import { ability, listensTo } from "../../state.js";

/** @import { View } from "../../dom.js" */

/** Hold and speak, or tap and speak. Space and Enter do the same. Tells `talk-start`, `talk-free` after a tap, and `talk-stop`. */
export class TalkButton extends Part {
  #press = new Press();
  #listening = false;
  /** Whether the person ended the question, and not the kiosk. */
  #stopped = false;
  #able = false;
  #face = el("span", { class: "face" });
  #label = el("span", { class: "label" });
  #button = el("button", { type: "button" }, this.#face, this.#label);

  connectedCallback() {
    this.append(this.#button);
    const act = (/** @type {import("../../press.js").Deed} */ deed) => {
      if (!deed || !this.#able) return;
      this.#stopped = deed === "stop";
      this.tell(`talk-${deed}`);
    };
    const down = (/** @type {UIEvent} */ event) => act(this.#press.down(this.#listening, event.timeStamp));
    const up = (/** @type {UIEvent} */ event) => act(this.#press.up(event.timeStamp));
    this.#button.addEventListener("pointerdown", (event) => {
      // Without the capture a finger that slides off the button would never let go.
      this.#button.setPointerCapture(event.pointerId);
      down(event);
    });
    this.#button.addEventListener("pointerup", up);
    this.#button.addEventListener("pointercancel", up);
    this.#button.addEventListener("keydown", (event) => {
      if (event.key !== " " && event.key !== "Enter") return;
      event.preventDefault();
      if (!event.repeat) down(event);
    });
    this.#button.addEventListener("keyup", (event) => {
      if (event.key !== " " && event.key !== "Enter") return;
      event.preventDefault();
      up(event);
    });
    this.#button.addEventListener("click", (event) => {
      // A screen reader or a switch clicks without pointer or key.
      if (event.detail !== 0) return;
      if (this.#listening) return act("stop");
      act("start");
      act("free");
    });
    this.#button.addEventListener("contextmenu", (event) => event.preventDefault());
  }

  /** @param {View & {level: number}} view */
  update({ state, t, tag, level }) {
    if (this.dataset.phase === "listening" && state.phase === "thinking" && !this.#stopped) this.#press.ended(performance.now());
    this.#listening = listensTo(state);
    this.#able = (ability(state).hear && state.connected) || this.#listening;
    this.#button.setAttribute("aria-disabled", String(!this.#able));
    this.#button.setAttribute("aria-pressed", String(this.#listening));
    this.dataset.phase = this.#able ? state.phase : "unable";
    this.style.setProperty("--level", level.toFixed(2));
    const words = !this.#able ? "talk_unable" : state.phase === "opening" ? "talk_opening" : this.#listening ? "talk_stop" : "talk";
    this.when("words", [words, tag], () => {
      this.#label.textContent = t(words);
      this.#face.replaceChildren(icon(this.#listening ? "stop" : "microphone"));
    });
  }
}

customElements.define("talk-button", TalkButton);
