/** @import { Translate } from "../i18n.js" */
/** @import { State } from "../state.js" */

import { tagOf } from "../i18n.js";
import { stateOfTheStation } from "./station.js";

/**
 * What a component is shown with: what it is given before the view (a card), changes to the state of a quiet station, the page's
 * milliseconds, and what else a view holds.
 * @typedef {{data?: unknown[], kind?: string, state?: Partial<State>, at?: number} & Record<string, unknown>} Shown
 *
 * Draws one example into its frame. Words that come from data are chosen by `stage.words`.
 * @typedef {(stage: Stage) => Element} Example
 * @typedef {Record<string, Example>} Examples  what is shown → how
 *
 * The room an example has, as on a screen of 1280 × 800; custom properties that it inherits from where it stands.
 * @typedef {{width?: number, height?: number, within?: Record<string, string>}} Frame
 */

/** Where a component is shown without the page: it makes the views that the page would give it. */
export class Stage {
  /**
   * @param {string} component
   * @param {HTMLElement} frame
   * @param {string} language
   * @param {Record<string, Translate>} translators
   */
  constructor(component, frame, language, translators) {
    this.component = component;
    this.frame = frame;
    this.language = language;
    this.translators = translators;
    this.t = /** @type {Translate} */ (translators[language]);
  }

  /** What stands in data in every language, in the one shown. @template T @param {Record<string, T>} texts @returns {T} */
  words(texts) {
    return /** @type {T} */ (texts[this.language] ?? texts.en);
  }

  /** @param {Shown} shown */
  view({ data: _, kind: __, state = {}, at = 0, ...more }) {
    const whole = { ...stateOfTheStation(this.language), ...state };
    const { language } = whole;
    return { state: whole, t: this.translators[language] ?? this.t, tag: tagOf(language), at, translators: this.translators, language, microphone: false, level: 0, ...more };
  }

  /** Makes the component, puts it in the frame and updates it. @param {Shown} [shown] @returns {HTMLElement} */
  show(shown = {}) {
    const part = document.createElement(this.component);
    if (shown.kind) part.classList.add(shown.kind);
    this.frame.append(part);
    this.update(part, shown);
    return part;
  }

  /** Updates it, as the page does. @param {HTMLElement} part @param {Shown} [shown] */
  update(part, shown = {}) {
    const { data = [] } = shown;
    /** @type {any} */ (part).update(...data, this.view(shown));
  }

  /** Puts what is no custom element in the frame. @template {Element} T @param {T} element @returns {T} */
  place(element) {
    this.frame.append(element);
    return element;
  }
}
