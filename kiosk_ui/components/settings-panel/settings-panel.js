import { el } from "../../dom.js";
import { nameOf } from "../../i18n.js";
import { icon } from "../../icons.js";
import { PanelPart } from "../../panel.js";
import { DEFAULTS, PACES, TEXT_SIZES, THEMES, VOLUMES, changed, stepped } from "../../preferences.js";
import { choice, loudness, toggle } from "./controls.js";

/** @import { View } from "../../dom.js" */
/** @import { Preferences } from "../../preferences.js" */

const STEPS = VOLUMES.map((_, step) => step);

/** How the page looks and sounds for this person, for this visit. Tells `prefer`, and `panel` for the languages. */
class SettingsPanel extends PanelPart {
  #volume = DEFAULTS.volume;
  #plugged = false;
  #controls = {
    text: choice({ name: "text", values: TEXT_SIZES, title: (t) => t("text_size"), word: (t, value) => t(`text_${value}`),
      sample: () => [document.createTextNode("Aa")], told: (text) => this.#set({ text }) }),
    theme: choice({ name: "theme", values: THEMES, title: (t) => t("theme"), word: (t, value) => t(`theme_${value}`),
      sample: () => [document.createTextNode("Aa")], told: (theme) => this.#set({ theme }) }),
    lowReach: toggle({ name: "low-reach", sign: "down", title: (t) => t("low_reach"), told: (lowReach) => this.#set({ lowReach }) }),
    stepFree: toggle({ name: "step-free", sign: "accessible", title: (t) => t("step_free_always"), told: (stepFree) => this.#set({ stepFree }) }),
    pace: choice({ name: "pace", values: PACES, title: (t) => t("pace"), word: (t, value) => t(`pace_${value}`),
      sample: (value) => Array.from({ length: PACES.indexOf(value) + 1 }, () => icon("next")), told: (pace) => this.#set({ pace }) }),
    volume: loudness({ steps: STEPS.length, told: (by) => this.#set({ volume: stepped(STEPS, this.#volume, by) }) }),
    captions: toggle({ name: "captions", sign: "captions", title: (t) => t("captions"), told: (captions) => this.#set({ captions }) }),
    speech: toggle({ name: "speech", sign: "speaker", title: (t) => t("speech_mode"), told: (speech) => this.#set({ speech }) }),
  };
  #visit = el("p", { class: "visit" });
  #languageText = el("span");
  #languages = el("button", { type: "button", class: "languages", on: { click: () => this.tell("panel", "languages") } }, icon("globe"), this.#languageText);
  #defaultsText = el("span");
  #defaults = el("button", { type: "button", class: "defaults", on: { click: () => this.#goBack() } }, icon("undo"), this.#defaultsText);

  constructor() {
    super("settings", { title: "panel_settings", close: "done" });
  }

  connectedCallback() {
    super.connectedCallback();
    const { text, theme, lowReach, stepFree, pace, volume, captions, speech } = this.#controls;
    const column = (/** @type {import("./controls.js").Control<any>[]} */ ...controls) =>
      el("div", { class: "column" }, ...controls.map(({ element }) => element));
    this.head.append(this.#visit);
    this.body.replaceChildren(el("div", { class: "columns" }, column(text, theme, captions, speech), column(pace, volume, stepFree, lowReach)),
      el("div", { class: "others" }, this.#languages, this.#defaults));
  }

  /** @param {View} view */
  update(view) {
    const { state, t, tag } = view;
    this.frame(view);
    this.when("words", [tag, state.language], () => {
      for (const control of Object.values(this.#controls)) control.speak(t);
      this.#visit.textContent = t("for_this_visit");
      this.#defaultsText.textContent = t("as_it_was");
      this.#languageText.textContent = `${t("language")}: ${nameOf(state.language)}`;
    });
    this.when("preferences", [state.preferences, state.headset], () => this.#mark(state.preferences, state.headset));
  }

  /** @param {Preferences} preferences @param {boolean} plugged */
  #mark(preferences, plugged) {
    this.#volume = preferences.volume;
    this.#plugged = plugged;
    for (const [name, control] of Object.entries(this.#controls)) {
      /** @type {import("./controls.js").Control<any>} */ (control).show(preferences[/** @type {keyof Preferences} */ (name)]);
    }
    this.#defaults.setAttribute("aria-disabled", String(!changed({ ...preferences, speech: preferences.speech && !plugged })));
  }

  /** @param {Partial<Preferences>} changes */
  #set(changes) {
    this.tell("prefer", changes);
  }

  /** Everything as for everybody; who has plugged in a headset goes on being read to. */
  #goBack() {
    this.tell("prefer", { ...DEFAULTS, speech: this.#plugged });
  }
}

customElements.define("settings-panel", SettingsPanel);
