import { languageShown } from "./alerts.js";
import { Appearance } from "./appearance.js";
import { ownLanguage, tagOf } from "./i18n.js";

/** @import { Translate } from "./i18n.js" */
/** @import { Panel, State } from "./state.js" */

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
  #captions = find("caption-strip");
  /** @type {Record<Panel, any>} */
  #panels = { settings: find("settings-panel"), languages: find("language-panel"), privacy: find("privacy-panel"), help: find("help-panel") };
  #appearance = new Appearance();

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
    const language = shown in this.translators ? shown : ownLanguage();
    const tag = tagOf(language);
    const t = /** @type {Translate} */ (this.translators[language]);
    const view = { state, t, tag, at, translators: this.translators, microphone: microphone.live, level: microphone.level };
    document.body.dataset.phase = state.phase;
    if (state.alarm) for (const dialog of document.querySelectorAll("dialog[open]")) /** @type {HTMLDialogElement} */ (dialog).close();
    this.#alarm.update({ ...view, language: shown }); // Before all else: whatever fails after it, the alarm is there.
    this.#appearance.show(state, language, at);
    const title = state.station || t("title");
    if (document.title !== title) document.title = title;
    document.body.dataset.panel = state.panel ?? "";
    this.#idle.hidden = state.phase !== "idle" || state.panel !== null;
    this.#offline.hidden = state.phase !== "offline";
    this.#conversation.hidden = ["idle", "offline", "alarm"].includes(state.phase) || state.panel !== null;
    // A panel that is closed is not drawn, but for once more as it closes.
    const panels = Object.entries(this.#panels).filter(([name, panel]) => !panel.hidden || name === state.panel).map(([, panel]) => panel);
    for (const [name, panel] of Object.entries(this.#panels)) panel.hidden = name !== state.panel;
    const parts = [this.#header, this.#banner, this.#idle, this.#conversation, this.#offline, ...panels, this.#tiles,
      this.#captions, this.#dock, this.#entry, this.#warning];
    for (const part of parts) {
      try {
        part.update(view);
      } catch (error) {
        reportError(error); // The others are shown nevertheless.
      }
    }
  }

  /** The keyboard closed: the focus goes back to where it was opened. */
  focusType() {
    this.#dock.focusType();
  }
}
