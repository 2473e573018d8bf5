import { el } from "../../../kiosk_ui/dom.js";
import { spoken } from "../../content.js";
import { Page } from "../../page.js";
import { mark } from "../../parts/mark.js";
import { alive, WorkProgress } from "../../parts/progress.js";
import { steps } from "../../parts/steps.js";
import { table } from "../../parts/work-table.js";

/**
 * @typedef {{said: string, intent: string, text: string, speech: string, card: string, tiles: string[], faults: string[]}} Said
 * @typedef {{conversation: string, turn: number, before: Said | null, after: Said}} Change
 * @typedef {{work: import("../../parts/progress.js").Work, live: string | null, conversations: number, told: number, broken: string[], mended: string[],
 *   changes: Change[]}} Proof
 */

const EVERY_S = 2;

/** Every golden conversation is told to what is live and to the draft; here is each answer that changes. */
class ProofPage extends Page {
  #progress = new WorkProgress();
  #sum = el("div", { class: "proved" });
  #running = false;
  #shown = "";

  async open() {
    const { t, may } = this.desk;
    const { element } = await steps(this.desk, this.place[0], "proof");
    const act = (/** @type {"POST" | "DELETE"} */ method) => async () => {
      await this.desk.api.ask(method, `drafts/${this.place[0]}/proof`);
      await this.#look();
    };
    this.begin = el("button", { type: "button", text: t("prove"), on: { click: () => void this.attempt(act("POST")) } });
    this.end = el("button", { type: "button", class: "quiet", text: t("end_work"), on: { click: () => void this.attempt(act("DELETE")) } });
    this.table = this.#table();
    this.replaceChildren(element, el("p", { text: t("proof_text") }), this.#progress,
      may("editor") ? el("p", { class: "buttons" }, this.begin, this.end) : "", this.#sum, this.table);
    this.#shown = "";
    this.every(EVERY_S, async () => {
      if (this.#running) await this.#look();
    });
    await this.#look();
  }

  async #look() {
    const { api, t } = this.desk;
    const proof = /** @type {Proof} */ (await api.ask("GET", `drafts/${this.place[0]}/proof`));
    this.#running = alive(proof.work);
    this.#progress.update(proof.work, t);
    const held = document.activeElement;
    if (this.begin) this.begin.hidden = this.#running;
    if (this.end) this.end.hidden = !this.#running;
    if (held === this.begin && this.#running) this.end?.focus();
    if (held === this.end && !this.#running) this.begin?.focus();
    const shown = JSON.stringify([proof.work.state, proof.changes.length, proof.broken]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#draw(proof);
  }

  /** @param {Proof} proof */
  #draw({ work, conversations, told, broken, mended, changes }) {
    const { t } = this.desk;
    const done = work.state === "done";
    this.#sum.hidden = !done;
    if (this.table) this.table.hidden = !done;
    if (!done) return;
    const list = (/** @type {string} */ title, /** @type {string[]} */ names) =>
      (names.length ? el("section", {}, el("h2", { text: title }), el("ul", {}, ...names.map((name) => el("li", { text: name })))) : "");
    this.#sum.replaceChildren(el("p", { text: t("proved", { count: conversations, told }) }),
      mark(broken.length ? "bad" : "good", t("broken_count", { count: broken.length })), list(t("broken"), broken), list(t("mended"), mended),
      el("h2", { text: t("changes_title", { count: changes.length }) }));
    this.table?.update(changes);
  }

  #table() {
    const { t } = this.desk;
    const said = (/** @type {Said | null} */ answer) => {
      if (!answer) return t("new_conversation");
      return el("div", { class: "answer" }, el("p", { class: "words", text: answer.text }),
        el("p", { class: "hint", text: [t("understood_as", { as: spoken(answer.intent) }), answer.card, ...answer.tiles].filter(Boolean).join(" · ") }),
        ...answer.faults.map((fault) => mark("bad", fault)));
    };
    return table({
      caption: t("changes"), empty: t("no_changes"), key: (/** @type {Change} */ { conversation, turn }) => `${conversation}|${turn}`,
      columns: [
        { title: t("conversation"), head: true, cell: ({ conversation, turn, after }) =>
          el("div", {}, el("p", { text: conversation }), el("p", { class: "hint", text: `${turn}. “${after.said}”` })) },
        { title: t("before"), cell: ({ before }) => said(before) },
        { title: t("after"), cell: ({ after }) => said(after) },
      ],
    });
  }
}
customElements.define("proof-page", ProofPage);
export const page = ProofPage;
