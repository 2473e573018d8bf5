import { Chime } from "./audio/chime.js";
import { Microphone } from "./audio/microphone.js";
import { isShown } from "./components/caption-strip/captions.js";
import { airNow, nextDepartures, noticesNow } from "./idle-board.js";
import { LANGUAGES, ownLanguage } from "./i18n.js";
import { DEFAULTS, VOLUMES } from "./preferences.js";
import { helpFor } from "./quiet.js";
import { Keypad } from "./speech-mode/keypad.js";
import { SpeechMode } from "./speech-mode/speech-mode.js";
import { concerns, expired, initial, inUse, listensTo, reduce, warningS } from "./state.js";
import { Transport } from "./transport.js";
import { Voices } from "./voices.js";

/** @import { Audio, ClientMessage, Problem, ServerMessage, Suggestion, Welcome } from "./protocol.js" */
/** @import { Preferences } from "./preferences.js" */
/** @import { Event as Happening, Panel, Question, State } from "./state.js" */
/** @import { Screen } from "./screen.js" */

const TICK_MS = 250;
const BOARD_MS = 20_000;
/** While nobody is there: a fresh conversation, which also sets the clock and brings the notice. */
const REFRESH_MS = 300_000;
/** All that a person can do while an alarm stands. */
const IN_ALARM = new Set(["language", "alarm-read", "alarm-next", "alarm-way"]);

/** @typedef {Happening extends infer H ? (H extends {at: number} ? Omit<H, "at"> : never) : never} Deed */

/** The wiring: what a person does and what the assistant sends become events of the state; the state is shown. */
export class Kiosk {
  #state = initial(ownLanguage());
  #level = 0;
  #greeted = 0;
  /** Whether the question that is being asked ends by itself. */
  #free = false;
  #microphone = new Microphone();
  #voices = new Voices({
    speaking: (speaking) => {
      this.#dispatch({ type: "speaking", speaking });
      this.#mode.sounding(speaking);
    },
    saying: (text, shown) => this.#dispatch({ type: "saying", text, shown }),
    alarm: (sounding) => this.#mode.alarmSounding(sounding),
  });
  #mode = new SpeechMode({
    read: ({ text, language, shown }) => this.#aloud(text, language, shown),
    hush: () => this.#hushReading(),
    hold: () => this.#dispatch({ type: "language", language: this.#state.language }),
  });
  #keypad = new Keypad({
    state: () => this.#state,
    words: () => this.#words(),
    tell: (type, detail) => document.dispatchEvent(new CustomEvent(type, { detail })),
    prefer: (changes) => this.#prefer(changes),
    plug: (plugged) => this.#dispatch({ type: "headset", plugged }),
    touched: () => this.#present(),
  }, this.#mode);
  #chime = new Chime();
  /** The state in which a finger came down that is still there. @type {State | null} */
  #pressed = null;
  /** Whether the click that belongs to a touch is still to come, which only said that somebody is there. */
  #answered = false;
  #transport = new Transport(`${location.origin.replace(/^http/, "ws")}/v1/kiosk`, {
    opened: () => this.#greet(),
    lost: () => this.#lost(),
    message: (message) => this.#received(message),
    sound: (sound) => this.#voices.push(sound),
  });

  /** @param {Screen} screen */
  constructor(screen) {
    this.screen = screen;
  }

  /** Shows the page and opens the connection. */
  start() {
    this.#listenToPeople();
    this.#show();
    this.#transport.open();
    setInterval(() => this.#tick(), TICK_MS);
    setInterval(() => this.#readBoard(), BOARD_MS);
    setInterval(() => inUse(this.#state) || this.#send({ type: "reset", language: this.#state.language }), REFRESH_MS);
  }

  #listenToPeople() {
    this.#keypad.listen();
    const deeds = /** @type {Record<string, (detail: any) => void>} */ ({
      "talk-start": () => this.#talk(),
      "talk-free": () => this.#setFree(),
      "talk-stop": () => this.#release(),
      suggestion: (/** @type {Suggestion} */ tile) => this.#ask(tile),
      say: (/** @type {string} */ text) => this.#say(text),
      type: () => this.#dispatch({ type: "entry", open: true }),
      "type-end": () => this.#closeEntry(),
      language: (/** @type {string} */ language) => this.#choose(language),
      "start-over": () => this.#reset(),
      panel: (/** @type {Panel | null} */ panel) => this.#open(panel),
      prefer: (/** @type {Partial<Preferences>} */ changes) => {
        this.#prefer(changes);
        this.#sample(changes);
      },
      reading: (/** @type {boolean} */ open) => this.#dispatch({ type: "reading", open }),
      "alarm-read": () => this.#dispatch({ type: "alarm-read" }),
      "alarm-next": () => this.#dispatch({ type: "alarm-next" }),
      "alarm-way": (/** @type {boolean} */ stepFree) => this.#dispatch({ type: "alarm-way", stepFree }),
    });
    for (const [type, deed] of Object.entries(deeds)) {
      document.addEventListener(type, (event) => {
        if (!this.#state.alarm || IN_ALARM.has(type)) deed(/** @type {CustomEvent} */ (event).detail);
      });
    }
    addEventListener("pointerdown", () => (this.#pressed = this.#state), { capture: true });
    for (const type of ["pointerup", "pointercancel"]) addEventListener(type, () => (this.#pressed = null), { capture: true });
    for (const type of ["pointerdown", "keydown", "click", "input"]) document.addEventListener(type, (event) => this.#touched(event), { capture: true });
    document.addEventListener("mousedown", (event) => this.#answered && event.preventDefault(), { capture: true }); // The focus stays.
    document.addEventListener("keydown", (event) => this.#startTyping(event));
    document.addEventListener("visibilitychange", () => document.hidden && this.#silence());
  }

  /** @param {Deed} deed */
  #dispatch(deed) {
    const before = this.#state;
    this.#state = reduce(before, /** @type {Happening} */ ({ ...deed, at: performance.now() }));
    const alarmed = !before.alarm && this.#state.alarm !== null;
    if (inUse(before) && !inUse(this.#state)) this.#leaveNothing();
    if (alarmed) this.#giveWay();
    // Whoever ended the opening or the listening, the microphone closes with it.
    if (listensTo(before) && !listensTo(this.#state)) this.#closeMicrophone();
    this.#show();
    if (before.preferences.volume !== this.#state.preferences.volume) this.#voices.loudness = VOLUMES[this.#state.preferences.volume] ?? 1;
    if (alarmed) this.#forget(before);
    if (before.alarm && !this.#state.alarm) this.#send({ type: "reset", language: this.#state.language });
    if (before.warnedAt === null && this.#state.warnedAt !== null) this.#warn();
    this.#voices.follow(before, this.#state);
    if (before.language !== this.#state.language || before.connected !== this.#state.connected) this.#readBoard();
    this.#mode.follow(this.#state, this.#words());
  }

  /** An alarm waits for nothing: no sound is let through any more, in or out. */
  #giveWay() {
    this.#microphone.abandon();
    this.#voices.still();
  }

  /** Of a visit that is over nothing is left here either. */
  #leaveNothing() {
    this.#voices.still();
    this.#mode.wipe();
  }

  /** The conversation that an alarm has ended is wiped at the assistant too. @param {State} before */
  #forget(before) {
    if (before.phase === "listening") this.#send({ type: "listen_cancel" });
    if (inUse(before)) this.#send({ type: "reset", language: before.language });
  }

  #show() {
    // A touch stills the voice; what the voice had on the screen goes when the finger does, or the page would move under it.
    const kept = this.#pressed?.phase === this.#state.phase && this.#pressed.turn === this.#state.turn ? this.#pressed : null;
    this.screen.show(kept ? { ...this.#state, speaking: kept.speaking, said: kept.said, saidShown: kept.saidShown } : this.#state, performance.now(), { live: this.#microphone.live, level: this.#level });
  }

  #tick() {
    this.#dispatch({ type: "tick" });
    if (expired(this.#state, performance.now())) this.#reset();
    if (helpFor(this.#state, performance.now()) === "prompt") this.#prompt();
  }

  /** @param {ClientMessage} message */
  #send(message) {
    this.#transport.send(message);
  }

  /** @param {ServerMessage} message */
  #received(message) {
    if (message.type === "alert_audio") this.#voices.alarm(message, this.#state);
    if (message.type === "audio") this.#spoken(message);
    if (message.type === "reading") this.#voices.read(message);
    if (message.type === "reading_end") this.#mode.ended(message);
    if (message.type === "problem" && message.turn_id === null) this.#mend(message.problem);
    const before = this.#state;
    this.#dispatch({ type: "server", message });
    if (message.type === "welcome") this.#catchUp(message, before);
  }

  #greet() {
    const { language, lostAt, conversationId } = this.#state;
    this.#send({ type: "hello", language, ...(lostAt === null ? {} : { resume: conversationId }) });
  }

  /** What was chosen and asked while the connection was away, and what a new conversation cannot know. @param {Welcome} welcome @param {State} before */
  #catchUp(welcome, before) {
    const { phase, language, asking, preferences: { pace, stepFree } } = this.#state;
    const away = before.lostAt !== null;
    if (welcome.resumed && !away) this.#send({ type: "reset", language }); // It came back too late: nobody's conversation is given to the next.
    const unknown = welcome.conversation_id !== before.conversationId && (pace !== DEFAULTS.pace || stepFree);
    if (away && welcome.language !== language) this.#send({ type: "language", language });
    if (away || unknown) this.#send({ type: "prefer", pace, step_free: stepFree });
    if (away && phase === "thinking" && asking) this.#send(asking.message);
  }

  /** The station may not speak the language of the greeting, or may have forgotten the conversation. @param {Problem} problem */
  #mend(problem) {
    if (problem.code === "unknown-conversation") this.#greet();
    if (problem.code === "unknown-language" && !this.#state.connected) {
      this.#greeted = (this.#greeted + 1) % LANGUAGES.size;
      this.#dispatch({ type: "language", language: [...LANGUAGES.keys()][this.#greeted] ?? ownLanguage() });
      setTimeout(() => this.#greet(), TICK_MS);
    }
  }

  #lost() {
    this.#voices.still();
    this.#dispatch({ type: "lost" });
  }

  /** Any touch or key: the person is there, and the voice is still. Where they were asked whether they are there, it does nothing else. @param {Event} event */
  #touched(event) {
    const warned = this.#present();
    if (event.type === "pointerdown" || event.type === "keydown") this.#answered = warned && event.type === "pointerdown";
    const spent = event.type === "click" ? this.#answered || warned : event.type === "keydown" && warned && !this.#writes(event);
    if (event.type === "click") this.#answered = false;
    if (!spent) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  /** Somebody is there: the voice is still. @returns {boolean} whether that was all that was asked */
  #present() {
    const warned = this.#state.warnedAt !== null;
    this.#mode.hush();
    if (this.#state.speaking || warned) this.#hushReading(); // The warning may be on its way to being said.
    this.#dispatch({ type: "touched" });
    return warned;
  }

  /** Whether a key is a letter for the line that is being typed: it is not lost. @param {Event} event */
  #writes(event) {
    const { key } = /** @type {KeyboardEvent} */ (event);
    return this.#state.entry && key.length === 1 && key !== " ";
  }

  /** The end of the visit is told to eyes and ears (WCAG 2.2.1). */
  async #warn() {
    if (!this.#voices.alarmSounds) await this.#chime.ring("warning", this.#state.preferences.volume).catch(() => {}); // Without a sound card it is seen.
    if (this.#state.warnedAt === null || this.#voices.alarmSounds || this.#mode.on) return; // The speech mode reads it, as it reads every screen.
    const t = this.#words();
    this.#aloud(`${t("idle_title")} ${t("idle_text", { count: Math.round(warningS(this.#state)) })}`);
  }

  /** The words of the language on the page. */
  #words() {
    return this.screen.translators[this.#state.language] ?? this.screen.translators[ownLanguage()] ?? ((/** @type {string} */ key) => key);
  }

  /**
   * Has a text of the page said aloud; it takes the place of what is being said.
   * @param {string} text
   * @param {string} [language]
   * @param {boolean} [shown]  whether it is on the screen too
   * @returns {string | null} its id; null where the kiosk has no voice
   */
  #aloud(text, language = this.#state.language, shown = true) {
    if (!this.#state.connected || !this.#state.speech[language]?.speak) {
      this.#voices.still();
      return null;
    }
    const wish = this.#voices.wish(text, language, shown);
    this.#send(wish);
    return wish.reading_id;
  }

  #hush() {
    this.#voices.still();
    this.#send({ type: "hush" });
  }

  /** A question that is being thought about goes on: to the assistant `hush` would be its end. */
  #hushReading() {
    if (this.#state.phase !== "thinking" && !listensTo(this.#state)) return this.#hush();
    this.#voices.still();
  }

  /** @param {Audio} audio  the voice of an answer; in the speech mode the screen is read instead */
  #spoken(audio) {
    if (this.#mode.on) return this.#voices.pass();
    const wanted = this.#state.phase === "answer" && concerns(this.#state, audio.turn_id);
    this.#voices.answer(audio, wanted, isShown(audio.text, this.#state));
  }

  async #talk() {
    this.#free = false;
    this.#voices.still();
    this.#dispatch({ type: "talk" });
    if (this.#state.phase !== "opening") return;
    try {
      await this.#microphone.open({
        open: () => this.#show(),
        live: () => this.#live(),
        sound: (sound, level) => this.#heard(sound, level),
      });
    } catch {
      this.#dispatch({ type: "microphone-failed" });
    }
  }

  #live() {
    if (this.#state.phase !== "opening") return;
    this.#send({ type: "listen" });
    if (this.#free) this.#send({ type: "listen_free" });
    this.#dispatch({ type: "live" });
    if (this.#mode.on) this.#chime.ring("listening", this.#state.preferences.volume).catch(() => {}); // Who cannot see the light hears it.
  }

  /** The button was tapped, not held: nobody will let it go. */
  #setFree() {
    this.#free = true;
    if (this.#state.phase === "listening") this.#send({ type: "listen_free" });
  }

  /** @param {ArrayBuffer} sound @param {number} level */
  #heard(sound, level) {
    if (this.#state.phase !== "listening") return;
    this.#transport.sendSound(sound);
    this.#level = level;
    this.#show();
  }

  async #release() {
    if (this.#state.phase === "opening") return this.#dispatch({ type: "silenced" });
    await this.#closeMicrophone();
    if (this.#state.phase !== "listening") return;
    this.#send({ type: "listen_end" });
    this.#dispatch({ type: "released" });
  }

  /** Stops listening and forgets what was heard. */
  #silence() {
    if (this.#state.phase === "listening") this.#send({ type: "listen_cancel" });
    this.#dispatch({ type: "silenced" });
  }

  async #closeMicrophone() {
    await this.#microphone.close();
    this.#level = 0;
    this.#show();
  }

  /** @param {Suggestion} tile */
  #ask(tile) {
    this.#interrupt();
    this.#pose(tile.label, tile.ask ? { type: "ask", ask: tile.ask, say: tile.say } : { type: "say", text: tile.say });
  }

  /** @param {string} text */
  #say(text) {
    this.#interrupt();
    this.#pose(text, { type: "say", text });
  }

  /** Asks, or keeps the question until the connection is back. @param {string} question @param {Question} message */
  #pose(question, message) {
    this.#dispatch({ type: "asked", question, message });
    this.#send(message);
  }

  /** Somebody is there and says nothing. */
  #prompt() {
    const message = /** @type {Question} */ ({ type: "ask", ask: { intent: "robot_quiet" }, say: "" });
    this.#dispatch({ type: "prompted", message });
    this.#send(message);
  }

  /** Something else is done while a question is being heard. */
  #interrupt() {
    this.#voices.still();
    if (listensTo(this.#state)) this.#silence();
  }

  #closeEntry() {
    this.#dispatch({ type: "entry", open: false });
    this.screen.focusType();
  }

  /** @param {KeyboardEvent} event */
  #startTyping(event) {
    const letter = event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.altKey && !event.metaKey;
    const open = this.#state.phase !== "offline" && !this.#state.alarm && !this.#state.reading;
    if (letter && open && !this.#state.entry && !listensTo(this.#state)) {
      this.#dispatch({ type: "entry", open: true });
    }
  }

  /** @param {string} language */
  #choose(language) {
    if (this.#state.alarm) return this.#dispatch({ type: "language", language }); // Of the screen, not of a conversation.
    if (language === this.#state.language) return;
    this.#interrupt();
    this.#dispatch({ type: "language", language });
    this.#send({ type: "language", language });
  }

  /** @param {Panel | null} panel */
  #open(panel) {
    this.#interrupt();
    this.#dispatch({ type: "panel", panel });
  }

  /** @param {Partial<Preferences>} changes */
  #prefer(changes) {
    this.#dispatch({ type: "prefer", changes });
    const { pace, stepFree } = this.#state.preferences;
    if ("pace" in changes || "stepFree" in changes) this.#send({ type: "prefer", pace, step_free: stepFree });
  }

  /** How the voice sounds now, for who has just set it; the speech mode is heard anyway. @param {Partial<Preferences>} changes */
  #sample(changes) {
    const [name, ...others] = Object.keys(changes);
    if (!others.length && (name === "pace" || name === "volume") && !this.#mode.on) this.#aloud(this.#words()("voice_sample"), this.#state.language, false);
  }

  #reset() {
    this.#interrupt();
    this.#dispatch({ type: "reset" });
    this.#mode.anew();
    this.#send({ type: "reset", language: this.#state.language });
  }

  async #readBoard() {
    if (!this.#state.connected) return;
    const { language } = this.#state;
    const [departures, air, notices] = await Promise.all([nextDepartures(language), airNow(language), noticesNow(language)]);
    if (language !== this.#state.language) return; // A later reading, in the language shown now, is on its way.
    this.#dispatch({ type: "departures", departures });
    this.#dispatch({ type: "air", air });
    this.#dispatch({ type: "notices", notices });
  }
}
