import { el } from "../../../kiosk_ui/dom.js";
import { text } from "../../forms/fields.js";
import { form } from "../../forms/work-form.js";
import { Page } from "../../page.js";
import { differenceOf } from "../../parts/difference.js";
import { mark } from "../../parts/mark.js";
import { steps } from "../../parts/steps.js";

/** @typedef {{wrong: number, proof: string, trained: boolean, broken: string[], behind: boolean, unchanged: boolean}} Ready */

/** What a draft changes, what stands in the way, and the publication. */
class PublishPage extends Page {
  async open() {
    const { api, t, may } = this.desk;
    const [id] = this.place;
    const { element } = await steps(this.desk, id, "publish");
    const [ready, { files }] = await Promise.all([api.ask("GET", `drafts/${id}/publication`), api.ask("GET", `drafts/${id}/difference`)]);
    const open = this.#open(ready, id);
    const ask = open.length ? [el("p", { text: t("publish_later") })] : may("publisher") ? this.#form(ready, id) : [el("p", { text: t("publish_not_you") })];
    this.replaceChildren(element, el("section", {}, el("h2", { text: t("ready_title") }), el("ul", { class: "ready" }, ...this.#lines(ready, open))),
      el("section", {}, el("h2", { text: t("publish_title") }), ...ask), el("section", {}, el("h2", { text: t("draft_changes") }), differenceOf(files, t)));
  }

  /** What has to be done first, with the way there. @param {Ready} ready @param {string} id @returns {[string, string][]} */
  #open(ready, id) {
    const { t } = this.desk;
    /** @type {[string, string][]} */
    const found = [];
    if (ready.unchanged) found.push([t("open_unchanged"), `#/draft/${id}`]);
    if (ready.behind) found.push([t("draft_behind_text"), `#/draft/${id}`]);
    if (ready.wrong) found.push([t("open_wrong", { count: ready.wrong }), `#/checks/${id}`]);
    if (ready.proof !== "good" || !ready.trained) found.push([t(`open_proof_${ready.proof === "good" ? "outdated" : ready.proof}`), `#/proof/${id}`]);
    return found;
  }

  /** @param {Ready} ready @param {[string, string][]} open */
  #lines(ready, open) {
    const { t } = this.desk;
    const lines = open.map(([words, href]) => el("li", {}, mark("bad", words), " ", el("a", { href, text: t("go_there") })));
    if (!ready.wrong) lines.push(el("li", {}, mark("good", t("ready_checks"))));
    if (ready.proof === "good" && ready.trained) lines.push(el("li", {}, mark("good", t("ready_proof"))));
    for (const name of ready.broken) lines.push(el("li", {}, mark("warn", t("ready_breaks", { name }))));
    return lines;
  }

  /** @param {Ready} ready @param {string} id */
  #form(ready, id) {
    const { api, t, tell } = this.desk;
    const why = text({ name: "why", label: t("why"), hint: t("why_hint"), required: t("why_missing") });
    const reason = text({ name: "reason", label: t("reason"), hint: t("reason_hint"), required: t("reason_missing") });
    const fields = ready.broken.length ? [why, reason] : [why];
    const send = async (/** @type {Record<string, any>} */ values) => {
      await api.ask("POST", `drafts/${id}/publication`, values);
      queueMicrotask(() => {
        location.hash = "#/releases";
        setTimeout(() => tell(t("published")), 300); // The page that comes begins with nothing told.
      });
    };
    return [form({ t, fields, submit: t("publish"), send, places: { "reason-missing": "reason" } })];
  }
}
customElements.define("publish-page", PublishPage);
export const page = PublishPage;
