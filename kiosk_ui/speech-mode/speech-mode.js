import { LANGUAGES, tagOf } from "../i18n.js";
import { isField } from "./controls.js";
import { askingFirst } from "./order.js";
import { TWICE_MS, found, nextNew, stepped } from "./reader.js";
import { Reciter } from "./reciter.js";
import { dialogStands, itemsOnScreen } from "./screen-text.js";
import { pieces } from "./sentences.js";
import { signatureOf, silent } from "./signature.js";

/** @import { Translate } from "../i18n.js" */
/** @import { ReadingEnd } from "../protocol.js" */
/** @import { State } from "../state.js" */
/** @import { Cursor } from "./reader.js" */
/** @import { Utterance, Voice } from "./reciter.js" */
/** @import { Item } from "./screen-text.js" */
/** @import { Signature } from "./signature.js" */

/** The page has this long to be drawn before it is read. */
const SETTLE_MS = 150;
/** An alarm's own voice has this long to begin; then the screen is read without it. */
const ALARM_MS = 1500;
/** Between the alarm's own voice and the reading. */
const AFTER_ALARM_MS = 700;

/**
 * What the mode needs of the page.
 * @typedef {Voice & {hold: () => void}} Page  hold: the languages of an alarm stop taking turns
 */

/**
 * The speech mode: reads every screen aloud from what is new on it, and reaches everything by four keys. It follows the state;
 * what it reads it takes from the page, so that nothing can be seen that is not heard.
 */
export class SpeechMode {
  #page;
  #reciter;
  /** @type {State | null} */
  #state = null;
  /** @type {Translate} */
  #t = (key) => key;
  #on = false;
  /** @type {Signature} */
  #signature = { screen: "", aside: "" };
  /** @type {Cursor | null} */
  #cursor = null;
  /** Where one was before a dialog opened. @type {Cursor | null} */
  #before = null;
  /** Keys of what was on the screen before it changed. @type {ReadonlySet<string>} */
  #known = new Set();
  /** Keys of what is on the screen. @type {ReadonlySet<string>} */
  #seen = new Set();
  /** Whether the reading goes on by itself. */
  #flowing = false;
  /** @type {number | undefined} */
  #timer = undefined;
  #alarmSounds = false;
  /** What is still to be read once the alarm's voice is silent: a screen, or the rest of one. @type {"screen" | "rest" | null} */
  #owed = null;
  #repeatedAt = -Infinity;
  /** @type {Element | null} */
  #marked = null;

  /** @param {Page} page */
  constructor(page) {
    this.#page = page;
    this.#reciter = new Reciter(page);
  }

  /** Whether the screen is read aloud. */
  get on() {
    return this.#on;
  }

  /** The page shows this now. @param {State} state @param {Translate} t */
  follow(state, t) {
    this.#state = state;
    this.#t = t;
    const on = state.preferences.speech;
    const before = this.#signature;
    this.#signature = signatureOf(state);
    if (on !== this.#on) return on ? this.anew() : this.#end();
    if (!on) return;
    if (before.screen !== this.#signature.screen) {
      this.#reciter.stop();
      this.#settle(state.phase === "alarm" && !this.#alarmSounds ? ALARM_MS : SETTLE_MS);
    } else if (before.aside !== this.#signature.aside && this.#timer === undefined) this.#aside();
  }

  /** Begins, or begins anew for who comes next. */
  anew() {
    this.#on = this.#state?.preferences.speech ?? false;
    this.#forget();
    if (!this.#on) return;
    const keys = Object.values(this.#state?.kiosk.keypad ?? {}).includes("next");
    const greeting = [this.#t("spoken_hello"), ...(keys ? [this.#t("spoken_keys")] : [])];
    this.#settle(this.#state?.phase === "alarm" ? ALARM_MS : 0, greeting);
  }

  #end() {
    this.#on = false;
    this.#forget();
  }

  /** Nothing of what was read is known any more; the mode stays as it is, and reads what is shown next from its beginning. */
  wipe() {
    this.#forget();
    this.#signature = { screen: "", aside: "" };
  }

  #forget() {
    this.#reciter.stop();
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#cursor = this.#before = null;
    this.#known = this.#seen = new Set();
    this.#owed = null;
    this.#flowing = false;
    this.#mark(null);
  }

  /** Silence at once; one stays where one is. */
  hush() {
    this.#flowing = false;
    this.#reciter.stop();
  }

  /** Something short that is not on the screen. @param {string} text @param {boolean} [alone]  also where the mode is off */
  hint(text, alone = false) {
    if (this.#state && (alone || !silent(this.#state)) && !this.#alarmSounds) this.#reciter.say([this.#spoken(text)]);
  }

  /** @param {ReadingEnd} end */
  ended(end) {
    this.#reciter.ended(end);
  }

  /** @param {boolean} sounding  whether the page's own voice sounds */
  sounding(sounding) {
    this.#reciter.sounding(sounding);
  }

  /** The voice of an alarm begins or is silent; nothing is said beside it. @param {boolean} sounding */
  alarmSounding(sounding) {
    this.#alarmSounds = sounding;
    if (!this.#on) return;
    if (!sounding) return this.#owed ? this.#settle(AFTER_ALARM_MS) : undefined;
    if (this.#reciter.busy) this.#owed ??= "rest";
    this.#reciter.stop();
  }

  /** @param {number} wait @param {string[]} [greeting] */
  #settle(wait, greeting = []) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#arrive(greeting), wait);
  }

  /** The screen stands: it is read from its first new piece. @param {string[]} greeting */
  #arrive(greeting = []) {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#state || silent(this.#state)) return;
    if (this.#alarmSounds) {
      this.#owed = "screen";
      return;
    }
    const items = this.#items();
    const rest = this.#owed === "rest";
    this.#owed = null;
    if (rest) return this.#read(items, Math.max(0, found(items, this.#cursor)), this.#flowing);
    this.#place(items);
    const first = nextNew(items, -1, this.#known);
    const said = greeting.map((text) => this.#spoken(text));
    if (first >= 0) return this.#read(items, first, true, said);
    const here = found(items, this.#cursor);
    if (here >= 0) this.#read(items, here, this.#flowing, said);
  }

  /** Keeps what is known apart from what is new; a dialog is a matter of its own, after which one is where one was. @param {Item[]} items */
  #place(items) {
    const keys = new Set(items.map(({ key }) => key));
    if (dialogStands()) {
      this.#before ??= this.#cursor;
      this.#known = new Set();
      return;
    }
    if (this.#before) this.#cursor = this.#before;
    this.#before = null;
    this.#known = this.#seen;
    this.#seen = keys;
  }

  /** What stands beside the screen has changed: it is said, then the reading goes on. */
  #aside() {
    if (!this.#state || silent(this.#state) || this.#alarmSounds) return;
    const items = this.#items();
    const fresh = items.filter(({ key, element }) => !this.#seen.has(key) && element.closest("station-header, alert-banner"));
    if (!fresh.length) return;
    this.#seen = new Set(items.map(({ key }) => key));
    const here = found(items, this.#cursor);
    const flowing = this.#flowing;
    const goesOn = this.#reciter.busy && here >= 0;
    this.#reciter.say(fresh.flatMap((item) => this.#sayings(item)), () => goesOn && this.#read(this.#items(), here, flowing));
  }

  /** @returns {Item[]} */
  #items() {
    const state = this.#state;
    const items = itemsOnScreen({ t: this.#t, tag: tagOf(state?.language ?? ""), headset: state?.headset ?? false });
    return state?.phase === "idle" && state.panel === null && !dialogStands() ? askingFirst(items) : items;
  }

  /**
   * Reads an item, and where it flows what is new after it.
   * @param {Item[]} items
   * @param {number} at
   * @param {boolean} flows
   * @param {Utterance[]} [before]
   */
  #read(items, at, flows, before = []) {
    const item = items[at];
    if (!item) return;
    this.#cursor = { element: item.element, key: item.key, at };
    this.#flowing = flows;
    if (this.#state?.phase === "alarm") this.#page.hold();
    this.#mark(item);
    this.#reciter.say([...before, ...this.#sayings(item)], () => flows && this.#onward());
  }

  #onward() {
    const items = this.#items();
    const next = nextNew(items, found(items, this.#cursor), this.#known);
    if (next >= 0) this.#read(items, next, true);
    else this.#flowing = false;
  }

  /** Whether the keys have something to act on now. */
  #ready() {
    return this.#on && this.#state !== null && !silent(this.#state) && !this.#alarmSounds;
  }

  /** @param {1 | -1} by */
  step(by) {
    if (!this.#ready() || this.#news()) return;
    const items = this.#items();
    const { at, passed } = stepped(items.length, found(items, this.#cursor), by);
    this.#read(items, at, false, passed ? [this.#spoken(this.#t(`spoken_${passed}`))] : []);
  }

  /** Says it again; pressed twice, the whole screen. @param {number} at */
  repeat(at) {
    if (!this.#ready() || this.#news()) return;
    const twice = at - this.#repeatedAt < TWICE_MS;
    this.#repeatedAt = twice ? -Infinity : at;
    const items = this.#items();
    if (twice) this.#known = new Set();
    this.#read(items, twice ? 0 : Math.max(0, found(items, this.#cursor)), twice);
  }

  /** Presses the control one is at; a text is said again. */
  select() {
    if (!this.#ready() || this.#news()) return;
    const items = this.#items();
    const at = Math.max(0, found(items, this.#cursor));
    const item = items[at];
    if (!item?.control || isField(item.element)) return this.#read(items, at, false);
    this.#reciter.stop();
    const typed = typedText();
    this.#mark(item);
    /** @type {HTMLElement} */ (item.element).click();
    if (this.#timer !== undefined || !this.#ready()) return; // Another screen comes.
    if (typedText() !== typed) return this.hint(this.#state?.headset ? item.key : this.#t("spoken_typed"));
    setTimeout(() => this.#confirm(), SETTLE_MS);
  }

  /** How the control stands after it was pressed. */
  #confirm() {
    if (this.#timer !== undefined || !this.#ready() || this.#reciter.busy) return;
    const items = this.#items();
    this.#read(items, Math.max(0, found(items, this.#cursor)), false);
  }

  /** A keyboard or a switch has put the focus on a control. @param {EventTarget | null} target */
  focused(target) {
    if (!this.#ready() || this.#timer !== undefined) return;
    const items = this.#items();
    const at = items.findIndex(({ element }) => element === target);
    if (at >= 0) this.#read(items, at, false);
  }

  /** A screen that has just come is heard before anything is done on it. A dialog that the key itself has closed is none. */
  #news() {
    if (this.#timer === undefined) return false;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const items = this.#items();
    this.#place(items);
    const first = nextNew(items, -1, this.#known);
    if (first >= 0) this.#read(items, first, true);
    return first >= 0;
  }

  /** Shows where one is: the focus on a control, a frame around a text. @param {Item | null} item */
  #mark(item) {
    this.#marked?.classList.remove("spoken");
    this.#marked = item?.element ?? null;
    if (!item) return;
    item.element.classList.add("spoken");
    if (item.control) item.element.focus({ preventScroll: true });
    item.element.scrollIntoView({ block: "nearest" });
  }

  /** @param {Item} item @returns {Utterance[]} */
  #sayings(item) {
    return item.parts.flatMap(({ text, tag }) => pieces(text).map((piece) => ({ text: piece, language: this.#voiceFor(tag), shown: true })));
  }

  /** @param {string} text @returns {Utterance} */
  #spoken(text) {
    return { text, language: this.#state?.language ?? "", shown: false };
  }

  /** The language that a text is read in: its own where the station speaks it, else that of the page. @param {string} tag */
  #voiceFor(tag) {
    const own = [...LANGUAGES].find(([, language]) => language.tag === tag)?.[0];
    return own && this.#state?.speech[own]?.speak ? own : (this.#state?.language ?? "");
  }
}

/** What stands in the line that is typed in. */
function typedText() {
  const field = [...document.querySelectorAll("input")].find((input) => isField(input) && input.checkVisibility());
  return field?.value ?? null;
}
