import { el } from "../../../kiosk_ui/dom.js";
import { Refused } from "../../api.js";
import { spoken } from "../../content.js";
import { Page } from "../../page.js";
import { steps } from "../../parts/steps.js";
import { conflictPanel } from "./conflicts.js";
import { question, reply } from "./fields.js";
import { changed, editOf, flat, merge } from "./merge.js";

/** @import { Fields, Topic } from "./fields.js" */
/** @typedef {Topic & {tag: string, edits: import("./conflicts.js").Edit[]}} Read */

/** One topic: what people say and what is replied, its languages side by side. */
class TopicPage extends Page {
  /** @type {Read | null} */
  #read = null;
  /** @type {Map<string, string>} */
  #base = new Map();
  /** @type {Fields} */
  #fields = new Map();
  #panel = el("div", { class: "once" });
  #state = el("p", { class: "hint", role: "status" });
  #busy = false;

  get unsaved() {
    return this.#changed().length > 0;
  }

  get #path() {
    return `drafts/${this.place[0]}/topics/${this.place[1]}`;
  }

  async open() {
    const { api, t } = this.desk;
    const [id, name, subject, language] = this.place;
    const { element } = await steps(this.desk, id, "draft");
    const topic = /** @type {Read} */ (await api.ask("GET", this.#path));
    const title = el("h2", { text: spoken(name) });
    const back = el("a", { href: `#/draft/${id}`, text: t("all_topics") });
    this.#panel.replaceChildren();
    this.replaceChildren(element, el("p", {}, back), title, this.#panel, ...this.#drawn(topic));
    this.addEventListener("input", () => this.#tellState());
    if (subject) this.#show(subject, language);
  }

  /** @param {Read} topic */
  #drawn(topic) {
    const { t, may } = this.desk;
    const readonly = !may("editor");
    this.#read = topic;
    this.#base = flat(topic);
    this.#fields = new Map();
    const replies = Object.keys(topic.replies).map((name) => reply(name, topic, t, readonly, this.#fields));
    const questions = Object.keys(topic.intents).map((name) => question(name, topic, t, readonly, this.#fields));
    const save = el("button", { type: "button", text: t("save"), on: { click: () => void this.attempt(() => this.#save()) } });
    return [
      el("section", {}, el("h2", { text: t("replies") }), ...replies),
      el("section", {}, el("h2", { text: t("questions") }), questions.length ? "" : el("p", { class: "none", text: t("no_questions") }), ...questions),
      readonly ? "" : el("p", { class: "buttons saving" }, save, this.#state),
    ];
  }

  #typed() {
    return new Map([...this.#fields].map(([key, field]) => [key, field.value]));
  }

  #changed() {
    return changed(this.#base, this.#typed());
  }

  #tellState() {
    const count = this.#changed().length;
    const said = count ? this.desk.t("unsaved_fields", { count }) : "";
    if (this.#state.textContent !== said) this.#state.textContent = said;
  }

  async #save() {
    const { api, t, tell } = this.desk;
    const keys = this.#changed();
    if (this.#busy || !this.#read) return;
    if (!keys.length) return tell(t("nothing_to_save"));
    this.#busy = true;
    try {
      const edit = editOf(keys, this.#typed(), this.#read);
      const saved = await api.ask("PUT", this.#path, edit, { "if-match": `"${this.#read.tag}"` });
      this.#take(saved, flat(saved));
      this.#panel.replaceChildren();
      tell(t("saved"));
    } catch (error) {
      if (!(error instanceof Refused) || error.status !== 412) throw error;
      await this.#meet(error.problem.edits ?? []);
    } finally {
      this.#busy = false;
    }
  }

  /** What is saved now; the fields hold `values`. @param {Read} topic @param {Map<string, string>} values */
  #take(topic, values) {
    this.#read = topic;
    this.#base = flat(topic);
    for (const [key, field] of this.#fields) {
      const value = values.get(key) ?? "";
      if (field.value !== value) field.value = value;
    }
    for (const key of this.#base.keys()) this.#fields.get(key)?.closest(".column")?.querySelector(".mark")?.remove();
    this.#tellState();
  }

  /** Somebody else saved first. Nothing is lost: what both changed is chosen here, then saved again. @param {import("./conflicts.js").Edit[]} edits */
  async #meet(edits) {
    const { api, t } = this.desk;
    const now = /** @type {Read} */ (await api.ask("GET", this.#path));
    const { values, conflicts } = merge(this.#base, this.#typed(), flat(now));
    this.#take(now, values);
    const choose = (/** @type {string} */ key, /** @type {string} */ value) => {
      const field = this.#fields.get(key);
      if (field) field.value = value;
      this.#tellState();
    };
    const { element, heading } = conflictPanel({ edits, conflicts, topic: this.place[1], t, choose });
    this.#panel.replaceChildren(element);
    heading.focus();
  }

  /** Goes to a question or reply, or to the first question by the word "phrases", in a language. @param {string} subject @param {string} [language] */
  #show(subject, language) {
    const found = [...this.#fields].find(([key]) => key.split("|").slice(0, 2).includes(subject) && (!language || key.endsWith(`|${language}`)));
    if (!found) return;
    const details = found[1].closest("details");
    if (details) details.open = true;
    setTimeout(() => {
      found[1].scrollIntoView({ block: "center" });
      found[1].focus();
    });
  }
}
customElements.define("topic-page", TopicPage);
export const page = TopicPage;
