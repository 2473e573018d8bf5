import { languageShown } from "./alerts.js";
import { LANGUAGES, TAGS } from "./i18n.js";

/** @import { Translate } from "./i18n.js" */
/** @import { State } from "./state.js" */

/** @param {string} selector @returns {any} */
const find = (selector) => document.querySelector(selector);

/** Shows a state: passes it to every component, and which screen stands in the middle. */
export class Screen {
  #alarm = find("alarm-screen");
  #header = find("station-header");
  #banner = find("alert-banner");
  #idle = find("idle-screen");
  #conversation = find("conversation-screen");
  #offline = find("offline-screen");
  #tiles = find("suggestion-tiles");
  #dock = find("kiosk-dock");
  #entry = find("text-entry");
  #warning = find("idle-warning");

  /** @param {Record<string, Translate>} translators */
  constructor(translators) {
    this.translators = translators;
  }

  /**
   * @param {State} state
   * @param {number} at
   * @param {{live: boolean, level: number}} microphone
   */
  show(state, at, microphone) {
    const shown = languageShown(state, at);
    const language = shown in this.translators ? shown : (LANGUAGES[0] ?? "en");
    const tag = TAGS[language] ?? language;
    const t = /** @type {Translate} */ (this.translators[language]);
    const view = { state, t, tag, at, microphone: microphone.live, level: microphone.level };
    document.documentElement.lang = tag;
    document.body.dataset.phase = state.phase;
    this.#alarm.update({ ...view, language: shown }); // Before all else: whatever fails after it, the alarm is there.
    document.title = state.station || t("title");
    this.#idle.hidden = state.phase !== "idle";
    this.#offline.hidden = state.phase !== "offline";
    this.#conversation.hidden = ["idle", "offline", "alarm"].includes(state.phase);
    const parts = [this.#header, this.#banner, this.#idle, this.#conversation, this.#offline, this.#tiles, this.#dock, this.#entry, this.#warning];
    for (const part of parts) part.update(view);
  }

  /** The keyboard closed: the focus goes back to where it was opened. */
  focusType() {
    this.#dock.focusType();
  }
}
