import { AlarmVoice } from "./audio/alarm-voice.js";
import { Microphone } from "./audio/microphone.js";
import { Player } from "./audio/player.js";
import { airNow, nextDepartures } from "./idle-board.js";
import { LANGUAGES, ownLanguage } from "./i18n.js";
import { helpFor } from "./quiet.js";
import { ability, concerns, expired, initial, inUse, listensTo, reduce, warningS } from "./state.js";
import { Transport } from "./transport.js";

/** @import { ClientMessage, Problem, ServerMessage, Suggestion } from "./protocol.js" */
/** @import { Preferences } from "./preferences.js" */
/** @import { Event as Happening, Panel, State } from "./state.js" */
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
  #player = new Player((speaking) => this.#dispatch({ type: "speaking", speaking }));
  #alarmVoice = new AlarmVoice();
  /** The text that is read aloud; what still comes of another is dropped. */
  #reading = "";
  /** Whose frames come now. @type {Player | AlarmVoice} */
  #sounding = this.#player;
  #transport = new Transport(`${location.origin.replace(/^http/, "ws")}/v1/kiosk`, {
    opened: () => this.#greet(),
    lost: () => this.#lost(),
    message: (message) => this.#received(message),
    sound: (sound) => this.#sounding.push(sound),
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
      prefer: (/** @type {Partial<Preferences>} */ changes) => this.#prefer(changes),
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
    for (const type of ["pointerdown", "keydown"]) document.addEventListener(type, () => this.#touched(), { capture: true });
    document.addEventListener("keydown", (event) => this.#startTyping(event));
    document.addEventListener("visibilitychange", () => document.hidden && this.#silence());
  }

  /** @param {Deed} deed */
  #dispatch(deed) {
    const before = this.#state;
    this.#state = reduce(before, /** @type {Happening} */ ({ ...deed, at: performance.now() }));
    const alarmed = !before.alarm && this.#state.alarm !== null;
    if (alarmed) this.#giveWay();
    // Whoever ended the opening or the listening, the microphone closes with it.
    if (listensTo(before) && !listensTo(this.#state)) this.#closeMicrophone();
    this.#show();
    if (alarmed) this.#forget(before);
    if (before.alarm && !this.#state.alarm) this.#send({ type: "reset", language: this.#state.language });
    if (before.warnedAt === null && this.#state.warnedAt !== null) this.#warn();
    if (before.alerts !== this.#state.alerts) this.#alarmVoice.follow(before, this.#state);
    if (before.language !== this.#state.language || before.connected !== this.#state.connected) this.#readBoard();
  }

  /** An alarm waits for nothing: no sound is let through any more, in or out. */
  #giveWay() {
    this.#microphone.abandon();
    this.#player.hush();
  }

  /** The conversation that an alarm has ended is wiped at the assistant too. @param {State} before */
  #forget(before) {
    if (before.phase === "listening") this.#send({ type: "listen_cancel" });
    if (inUse(before)) this.#send({ type: "reset", language: before.language });
  }

  #show() {
    this.screen.show(this.#state, performance.now(), { live: this.#microphone.live, level: this.#level });
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
    if (message.type === "alert_audio") {
      this.#player.hush();
      this.#alarmVoice.begin(message, this.#state);
      this.#sounding = this.#alarmVoice;
    }
    if (message.type === "audio") {
      this.#sounding = this.#player;
      if (this.#state.phase === "answer" && concerns(this.#state, message.turn_id)) this.#player.begin(message.rate);
      else this.#player.hush();
      this.#dispatch({ type: "saying", text: message.text });
    }
    if (message.type === "reading") {
      this.#sounding = this.#player;
      if (message.reading_id === this.#reading) this.#player.begin(message.rate);
      else this.#player.hush();
    }
    if (message.type === "problem" && message.turn_id === null) this.#mend(message.problem);
    this.#dispatch({ type: "server", message });
  }

  #greet() {
    this.#send({ type: "hello", language: this.#state.language });
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
    this.#player.hush();
    this.#dispatch({ type: "lost" });
  }

  /** Any touch or key: the person is there, and the voice is still. */
  #touched() {
    if (this.#state.speaking) this.#hush();
    this.#dispatch({ type: "touched" });
  }

  /** The end of the visit is told to eyes and ears (WCAG 2.2.1). */
  #warn() {
    const t = this.screen.translators[this.#state.language];
    if (t) this.#aloud(`${t("idle_title")} ${t("idle_text", { count: Math.round(warningS(this.#state)) })}`);
  }

  /** Has a text of the page said aloud, where the kiosk has a voice; it takes the place of what is being said. @param {string} text */
  #aloud(text) {
    this.#player.hush();
    if (!ability(this.#state).speak) return;
    this.#reading = crypto.randomUUID();
    this.#send({ type: "read", reading_id: this.#reading, text, language: this.#state.language });
    this.#dispatch({ type: "saying", text });
  }

  #hush() {
    this.#reading = "";
    this.#player.hush();
    this.#send({ type: "hush" });
  }

  async #talk() {
    this.#free = false;
    this.#player.hush();
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
    this.#dispatch({ type: "asked", question: tile.label });
    this.#send(tile.ask ? { type: "ask", ask: tile.ask, say: tile.say } : { type: "say", text: tile.say });
  }

  /** @param {string} text */
  #say(text) {
    this.#interrupt();
    this.#dispatch({ type: "asked", question: text });
    this.#send({ type: "say", text });
  }

  /** Somebody is there and says nothing. */
  #prompt() {
    this.#dispatch({ type: "prompted" });
    this.#send({ type: "ask", ask: { intent: "robot_quiet" }, say: "" });
  }

  /** Something else is done while a question is being heard. */
  #interrupt() {
    this.#player.hush();
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

  #reset() {
    this.#interrupt();
    this.#dispatch({ type: "reset" });
    this.#send({ type: "reset", language: this.#state.language });
  }

  async #readBoard() {
    if (!this.#state.connected) return;
    const { language } = this.#state;
    const [departures, air] = await Promise.all([nextDepartures(language), airNow(language)]);
    if (language !== this.#state.language) return; // A later reading, in the language shown now, is on its way.
    this.#dispatch({ type: "departures", departures });
    this.#dispatch({ type: "air", air });
  }
}
