import { Part, beforePicture, el } from "../../dom.js";
import { icon } from "../../icons.js";
import { tagOf } from "../../i18n.js";
import { listensTo } from "../../state.js";
import { AirQuality } from "../air-quality/air-quality.js";
import { ChoicesCard } from "../choices-card/choices-card.js";
import { DeparturesBoard } from "../departures-board/departures-board.js";
import { JourneyCard } from "../journey-card/journey-card.js";
import { PlaceCard } from "../place-card/place-card.js";
import { RouteCard } from "../route-card/route-card.js";
import { TextCard } from "../text-card/text-card.js";

/** @import { View } from "../../dom.js" */
/** @import { Card, Turn } from "../../protocol.js" */
/** @import { State } from "../../state.js" */

/** Answers of more characters than this are set smaller; the letters of some languages hold more. */
const LONG = 84;
const WIDE = new Set(["zh", "ko"]);

/** Bars of the level meter. */
const BARS = 9;

/** @param {Card} card @param {View} view @returns {HTMLElement} */
function draw(card, view) {
  const made = {
    departures: DeparturesBoard,
    journey: JourneyCard,
    route: RouteCard,
    place: PlaceCard,
    air_quality: AirQuality,
    choices: ChoicesCard,
    text: TextCard,
  }[card.type];
  const part = /** @type {Part & {update(card: Card, view: View): void}} */ (new made());
  part.classList.add("card");
  part.update(card, view);
  return part;
}

/** A question and its answer: captions while speaking, then text and cards. */
class ConversationScreen extends Part {
  #state = el("p", { class: "stage", role: "status" });
  #question = el("p", { class: "question" });
  #answer = el("div", { class: "answer", role: "status" });
  #cards = el("div", { class: "cards" });
  #meterText = el("span");
  #bars = el("span", { class: "bars", "aria-hidden": "true" }, ...Array.from({ length: BARS }, () => el("i")));
  #meter = el("p", { class: "meter", hidden: true }, el("span", { class: "lamp" }), this.#meterText, this.#bars);

  connectedCallback() {
    this.tabIndex = 0; // A long answer is scrolled by keyboard too.
    this.append(el("div", { class: "asked" }, this.#state, this.#question, this.#meter), this.#answer, this.#cards);
  }

  /** @param {View & {microphone: boolean, level: number}} view */
  update(view) {
    const { state, t, tag } = view;
    this.dataset.phase = state.phase;
    this.#stage(state, t);
    this.#measure(view);
    this.when("question", [state.question, state.phase], () => {
      this.#question.textContent = state.question;
      this.#question.hidden = !state.question;
    });
    this.when("answer", [state.turn?.id, state.trouble, state.help, tag], () => this.#show(state.turn, view));
  }

  /** How loud it is, while the microphone's own track is open and only then. @param {View & {microphone: boolean, level: number}} view */
  #measure({ state, t, tag, microphone, level }) {
    this.#meter.hidden = !microphone || state.phase !== "listening";
    this.when("microphone", tag, () => (this.#meterText.textContent = t("microphone_on")));
    this.when("level", level.toFixed(1), () => this.#bars.style.setProperty("--level", level.toFixed(1)));
  }

  /** @param {State} state @param {View["t"]} t */
  #stage(state, t) {
    const busy = listensTo(state) || state.phase === "thinking";
    const stage = busy ? state.phase : state.speaking ? "speaking" : "";
    this.when("stage", [stage, state.language], () => {
      this.#state.replaceChildren(...(stage ? [el("span", { class: `sign ${stage}` }, ...this.#sign(stage)), el("span", { text: t(`stage_${stage}`) })] : []));
    });
  }

  /** @param {string} stage */
  #sign(stage) {
    if (stage === "thinking" || stage === "opening") return [el("i"), el("i"), el("i")];
    return [icon(stage === "speaking" ? "speaker" : "microphone")];
  }

  /** @param {Turn | null} turn @param {View} view @returns {string[]} */
  #sentences(turn, { state, t }) {
    if (state.help === "tiles") return [t("tiles_idle")];
    return state.trouble ? [t(`trouble_${state.trouble}`)] : (turn?.replies ?? []).map((reply) => reply.text);
  }

  /** @param {Turn | null} turn @param {View} view */
  #show(turn, view) {
    const { state } = view;
    const language = turn?.language ?? state.language;
    this.#cards.lang = tagOf(language);
    this.#answer.lang = state.trouble || state.help === "tiles" ? view.tag : tagOf(language); // The page's own words, or the answer's.
    const sentences = this.#sentences(turn, view);
    this.#answer.classList.toggle("long", sentences.join(" ").length > (WIDE.has(language) ? LONG / 2 : LONG));
    this.#answer.replaceChildren(...sentences.filter(Boolean).map((text) => el("p", { text })));
    const cards = (turn?.replies ?? []).flatMap((reply) => (reply.card ? [draw(reply.card, view)] : []));
    this.#cards.replaceChildren(...(state.trouble || state.help === "tiles" ? [] : cards));
    beforePicture(() => (this.scrollTop = 0));
  }
}

customElements.define("conversation-screen", ConversationScreen);
