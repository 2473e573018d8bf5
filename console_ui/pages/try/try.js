import { el } from "../../../kiosk_ui/dom.js";
import { Refused } from "../../api.js";
import { languageName, spoken } from "../../content.js";
import { select, text } from "../../forms/fields.js";
import { form } from "../../forms/work-form.js";
import { Page } from "../../page.js";
import { mark } from "../../parts/mark.js";
import { alive, WorkProgress } from "../../parts/progress.js";
import { steps } from "../../parts/steps.js";

/**
 * @typedef {{intent: string, confidence: number, slots: Record<string, string>, text: string[], speech: string[], cards: string[], tiles: string[]}} Answered
 * @typedef {{state: "starting" | "answered", conversation: string | null, draft: Answered, live: Answered, differs: string[]}} Tried
 */

const EVERY_S = 2;
/** Looks that are made until both engines have started. */
const LOOKS = 60;

/** A chat with what is live and with the draft: the same words to both, and what differs. */
class TryPage extends Page {
  #progress = new WorkProgress();
  #log = el("ol", { class: "talk" });
  #starting = el("p", { class: "hint", role: "status" });
  /** @type {string | null} */
  #conversation = null;
  #language = "";
  #running = false;

  async open() {
    const { api, t } = this.desk;
    const [id] = this.place;
    const { element } = await steps(this.desk, id, "try");
    const { languages } = await api.ask("GET", `drafts/${id}/topics`);
    const which = select({ name: "language", label: t("language"), options: languages.map((/** @type {string} */ code) => [code, languageName(code)]) });
    const said = text({ name: "text", label: t("say_something"), required: t("say_something_missing") });
    const talk = form({ t, fields: [which, said], submit: t("say_it"), kept: true, send: async (values) => {
      await this.#say(values);
      said.set("");
    } });
    const train = el("button", { type: "button", class: "quiet", text: t("train"), on: { click: () => void this.attempt(() => this.#train()) } });
    const fresh = el("button", { type: "button", class: "quiet", text: t("new_talk"), on: { click: () => this.#afresh() } });
    this.training = el("section", { hidden: true }, el("h2", { text: t("not_trained_title") }), el("p", { text: t("not_trained_text") }), this.#progress,
      el("p", { class: "buttons" }, train));
    this.talking = el("section", {}, el("p", { text: t("try_text") }), this.#log, this.#starting, talk, el("p", { class: "buttons" }, fresh));
    this.replaceChildren(element, this.training, this.talking);
    this.every(EVERY_S, async () => {
      if (this.#running) await this.#look();
    });
    await this.#look();
  }

  async #look() {
    const { work, trained } = await this.desk.api.ask("GET", `drafts/${this.place[0]}/training`);
    this.#running = alive(work);
    this.#progress.update(work, this.desk.t);
    if (this.training) this.training.hidden = trained && !this.#running;
    if (this.talking) this.talking.hidden = !trained;
  }

  async #train() {
    await this.desk.api.ask("POST", `drafts/${this.place[0]}/training`);
    await this.#look();
  }

  #afresh() {
    this.#conversation = null;
    this.#log.replaceChildren();
  }

  /** @param {Record<string, any>} values */
  async #say({ text: said, language }) {
    const { t } = this.desk;
    if (language !== this.#language) this.#afresh();
    this.#language = language;
    try {
      const tried = await this.#asked(said, language);
      this.#conversation = tried.conversation;
      this.#log.append(this.#turn(said, language, tried));
      this.#log.lastElementChild?.scrollIntoView({ block: "nearest" });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.code === "trial-over") this.#conversation = null;
      if (error.code === "not-trained") await this.#look();
      throw error;
    } finally {
      this.#starting.textContent = "";
    }
    this.desk.tell(t("both_answered"));
  }

  /** The answers, once both have started. @param {string} text @param {string} language @returns {Promise<Tried>} */
  async #asked(text, language) {
    const { api, t } = this.desk;
    for (let look = 0; look < LOOKS; look += 1) {
      const body = { text, language, ...(this.#conversation ? { conversation: this.#conversation } : {}) };
      const tried = await api.ask("POST", `drafts/${this.place[0]}/turns`, body);
      if (tried.state === "answered") return tried;
      this.#starting.textContent = t("both_start");
      await new Promise((done) => setTimeout(done, EVERY_S * 1000));
    }
    throw new Refused(503, "unavailable");
  }

  /** @param {string} said @param {string} language @param {Tried} tried */
  #turn(said, language, { draft, live, differs }) {
    const { t } = this.desk;
    const column = (/** @type {string} */ title, /** @type {Answered} */ of) => {
      const slots = Object.entries(of.slots).map(([kind, value]) => `${spoken(kind)}: ${value}`).join(", ");
      return el("div", { class: "column" }, el("p", { class: "whose", text: title }),
        el("p", { class: differs.includes("understood") ? "differs" : "" }, t("understood_as", { as: spoken(of.intent) }), slots ? ` (${slots})` : ""),
        ...of.text.map((words) => el("p", { class: differs.includes("answer") ? "words differs" : "words", lang: language, text: words })),
        of.cards.length ? el("p", { class: "hint", text: t("shows_card", { cards: of.cards.map((card) => spoken(card)).join(", ") }) }) : "",
        of.tiles.length ? el("p", { class: "hint", text: t("offers_tiles", { tiles: of.tiles.join(" · ") }) }) : "");
    };
    const sum = differs.length ? mark("warn", t("differs_in", { what: differs.map((name) => t(`differs_${name}`)).join(", ") })) : mark("good", t("same_answer"));
    return el("li", {}, el("p", { class: "said" }, el("q", { lang: language, text: said })), sum,
      el("div", { class: "columns" }, column(t("live_now"), live), column(t("this_draft"), draft)));
  }
}
customElements.define("try-page", TryPage);
export const page = TryPage;
