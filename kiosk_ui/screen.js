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
    this.#conversation.hidden = ["idle", "offline", "alarm"].includes(state.phase) || state.panel !== null;
    const parts = [this.#header, this.#banner, ...this.#follow(state), this.#conversation, this.#tiles,
      this.#captions, this.#dock, this.#entry, this.#warning];
    for (const part of parts) {
      try {
        part.update(view);
      } catch (error) {
        reportError(error); // The others are shown nevertheless.
      }
    }
  }

  /**
   * Shows and hides what holds nothing of a visit.
   * @param {State} state
   * @returns {any[]} what of it is to be drawn: what stands on the screen, and once more what leaves it
   */
  #follow({ phase, panel }) {
    const shown = new Map([[this.#idle, phase === "idle" && panel === null], [this.#offline, phase === "offline"],
      ...Object.entries(this.#panels).map(([name, part]) => /** @type {[any, boolean]} */ ([part, name === panel]))]);
    const drawn = [...shown].filter(([part, stands]) => stands || !part.hidden).map(([part]) => part);
    for (const [part, stands] of shown) part.hidden = !stands;
    return drawn;
  }

  /** The keyboard closed: the focus goes back to where it was opened. */
  focusType() {
    this.#dock.focusType();
  }
}
