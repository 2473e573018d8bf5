import { FOUR, counts, meaningOf } from "../keys.js";
import { PACES, VOLUMES, stepped } from "../preferences.js";
import { Press } from "../press.js";
import { ability, listensTo } from "../state.js";

/** @import { Translate } from "../i18n.js" */
/** @import { Preferences } from "../preferences.js" */
/** @import { Deed } from "../press.js" */
/** @import { KeyAction } from "../protocol.js" */
/** @import { State } from "../state.js" */
/** @import { SpeechMode } from "./speech-mode.js" */

/**
 * What the keys do to the page.
 * @typedef {object} Page
 * @property {() => State} state
 * @property {() => Translate} words
 * @property {(type: string, detail?: unknown) => void} tell  as a component would
 * @property {(changes: Partial<Preferences>) => void} prefer
 * @property {(plugged: boolean) => void} plug
 * @property {() => boolean} touched  somebody is there; true where that was all that was asked
 */

const STEPS = VOLUMES.map((_, step) => step);

/** The keys of a keypad and of a headset's socket, on every screen and whatever has the focus; they type no letters. */
export class Keypad {
  #page;
  #mode;
  #press = new Press();

  /** @param {Page} page @param {SpeechMode} mode */
  constructor(page, mode) {
    this.#page = page;
    this.#mode = mode;
  }

  /** Before all else that listens to keys. */
  listen() {
    addEventListener("keydown", (event) => this.#down(event), { capture: true });
    addEventListener("keyup", (event) => this.#up(event), { capture: true });
    let tabbed = false;
    document.addEventListener("keydown", ({ key }) => (tabbed = key === "Tab"), { capture: true });
    document.addEventListener("focusin", ({ target }) => tabbed && this.#mode.focused(target));
    document.addEventListener("keyup", () => (tabbed = false), { capture: true });
  }

  /** @param {KeyboardEvent} event */
  #down(event) {
    const meaning = meaningOf(event.code, this.#page.state().kiosk);
    if (!meaning) return;
    swallow(event);
    if (!counts(meaning, event.repeat)) return;
    if (meaning.kind === "plug") return this.#plug(meaning.plugged, event.timeStamp);
    if (this.#page.touched()) return;
    this.#do(meaning.action, event.timeStamp);
  }

  /** @param {boolean} plugged @param {number} at */
  #plug(plugged, at) {
    const already = this.#mode.on;
    this.#page.plug(plugged);
    if (already && plugged) this.#mode.repeat(at); // Now it is heard in the headset.
  }

  /** @param {KeyboardEvent} event */
  #up(event) {
    const meaning = meaningOf(event.code, this.#page.state().kiosk);
    if (!meaning) return;
    swallow(event);
    if (meaning.kind === "action" && meaning.action === "talk") this.#talk(this.#press.up(event.timeStamp));
  }

  /** @param {KeyAction} action @param {number} at */
  #do(action, at) {
    const state = this.#page.state();
    if (action === "speech" || (FOUR.has(action) && !this.#mode.on)) return this.#turn(!this.#mode.on);
    if (action === "next") this.#mode.step(1);
    else if (action === "previous") this.#mode.step(-1);
    else if (action === "select") this.#mode.select();
    else if (action === "repeat") this.#mode.repeat(at);
    else if (action === "louder" || action === "quieter") this.#volume(action === "louder" ? 1 : -1);
    else if (action === "faster" || action === "slower") this.#pace(action === "faster" ? 1 : -1);
    else if (action === "talk") this.#talk(this.#press.down(listensTo(state), at));
    else if (action === "start_over") this.#page.tell("start-over");
    else if (action === "help") this.#page.tell("panel", state.panel === "help" ? null : "help");
  }

  /** @param {boolean} on */
  #turn(on) {
    if (this.#page.state().phase === "offline") return;
    this.#page.prefer({ speech: on });
    if (!on) this.#mode.hint(this.#page.words()("spoken_end"), true);
  }

  /** @param {1 | -1} by */
  #volume(by) {
    const volume = stepped(STEPS, this.#page.state().preferences.volume, by);
    this.#page.prefer({ volume });
    const t = this.#page.words();
    this.#mode.hint(`${t("volume")}: ${t("volume_step", { step: volume + 1, steps: STEPS.length })}`);
  }

  /** @param {1 | -1} by */
  #pace(by) {
    const pace = stepped(PACES, this.#page.state().preferences.pace, by);
    this.#page.prefer({ pace });
    const t = this.#page.words();
    this.#mode.hint(`${t("pace")}: ${t(`pace_${pace}`)}`);
  }

  /** As the talk button. @param {Deed} deed */
  #talk(deed) {
    const state = this.#page.state();
    if (deed && (ability(state).hear || listensTo(state))) this.#page.tell(`talk-${deed}`);
  }
}

/** @param {KeyboardEvent} event */
function swallow(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}
