import { el } from "../../../kiosk_ui/dom.js";
import { languageName } from "../../content.js";
import { select, text } from "../../forms/fields.js";
import { form } from "../../forms/work-form.js";
import { Page } from "../../page.js";
import { ask, dialog } from "../../parts/dialogs.js";
import { mark, time } from "../../parts/mark.js";
import { table } from "../../parts/work-table.js";
import { there } from "../../times.js";
import { localised } from "../../words.js";
import { GROUPS, outageName, stateOf, thingName } from "./things.js";

/** @import { Outage, Thing } from "./things.js" */
/** @typedef {{things: Thing[], outages: Outage[], languages: string[], now: string}} Seen */
/** @typedef {{thing: Thing, outage: Outage | null}} Row */

const EVERY_S = 20;
const LONGEST = 200;

/** Lifts, escalators, gates and entrances: what is out of order, and what works again. */
class OutagesPage extends Page {
  /** @type {Seen} */
  #seen = { things: [], outages: [], languages: [], now: "" };

  async open() {
    const { t } = this.desk;
    const groups = [...Object.keys(GROUPS), "all"].map((key) => /** @type {[string, string]} */ ([key, t(`group_${key}`)]));
    this.group = select({ name: "group", label: t("which_things"), options: groups, value: "lifts" });
    this.group.element.addEventListener("change", () => this.#draw());
    this.out = this.#outTable();
    this.all = this.#allTable();
    this.replaceChildren(el("p", { text: t("outages_text") }), this.out, el("section", {}, el("h2", { text: t("all_things") }), this.group.element, this.all));
    this.every(EVERY_S, () => this.#look());
    await this.#look();
  }

  async #look() {
    this.#seen = await this.desk.api.ask("GET", "outages");
    this.#draw();
  }

  #draw() {
    const { things, outages } = this.#seen;
    const group = this.group?.value() ?? "all";
    const shown = things.filter(({ kind }) => group === "all" || GROUPS[group].includes(kind));
    this.out?.update(outages);
    this.all?.update(shown.map((thing) => ({ thing, outage: stateOf(thing, outages) })));
  }

  #outTable() {
    const { t, may } = this.desk;
    return table({
      caption: t("out_of_order_now"), empty: t("nothing_out"), key: (/** @type {Outage} */ { id }) => id,
      columns: [
        { title: t("what"), head: true, cell: (outage) => outageName(outage, this.#seen.things, t) },
        { title: t("out_because"), cell: ({ reasons, reason }) => localised(reasons) || reason || t("nobody_said") },
        { title: t("from"), cell: ({ since, active }) => (active ? time(since, there(since)) : mark("warn", t("from_time", { time: there(since) }))) },
        { title: t("until"), cell: ({ until }) => (until ? time(until, there(until)) : t("until_told")) },
        { title: t("who_says"), cell: ({ origin }) => t(`origin_${origin}`) },
        { title: t("actions"), cell: (outage) => {
          if (outage.origin !== "api") return t("origin_ends_itself");
          if (!may("editor")) return "";
          const name = outageName(outage, this.#seen.things, t);
          return el("button", { type: "button", class: "quiet", "data-act": "mend", text: t("works_again"), "aria-label": t("works_again_name", { name }),
            on: { click: () => void this.attempt(() => this.#mend(outage, name)) } });
        } },
      ],
    });
  }

  #allTable() {
    const { t, may } = this.desk;
    const levels = (/** @type {Thing} */ { start_level: one, goal_level: other }) => [...new Set([one, other])].filter(Boolean).join(" – ");
    return table({
      caption: t("all_things"), empty: t("no_things"), key: (/** @type {Row} */ { thing }) => thing.id,
      columns: [
        { title: t("what"), head: true, cell: ({ thing }) => thingName(thing, t) },
        { title: t("level"), cell: ({ thing }) => levels(thing) },
        { title: t("state"), cell: ({ outage }) => {
          if (!outage) return mark("good", t("in_order"));
          return outage.active ? mark("bad", t("out_of_order")) : mark("warn", t("out_later"));
        } },
        { title: t("actions"), cell: ({ thing, outage }) => {
          if (!may("editor") || outage) return "";
          return el("button", { type: "button", class: "quiet", "data-act": "close", text: t("close_it"), "aria-label": t("close_name", { name: thingName(thing, t) }),
            on: { click: () => void this.attempt(() => this.#close(thing)) } });
        } },
      ],
    });
  }

  /** @param {Thing} thing */
  async #close(thing) {
    const { api, t, tell } = this.desk;
    const name = thingName(thing, t);
    const reasons = this.#seen.languages.map((code) => {
      const field = text({ name: `reason-${code}`, label: t("reason_in", { language: languageName(code) }) });
      field.control.setAttribute("lang", code);
      field.control.setAttribute("maxlength", String(LONGEST));
      return { code, field };
    });
    const since = text({ name: "since", label: t("from"), hint: t("from_hint"), type: "datetime-local" });
    const until = text({ name: "until", label: t("until"), hint: t("until_hint"), type: "datetime-local" });
    const send = async (/** @type {Record<string, any>} */ values) => {
      const said = reasons.map(({ code }) => [code, values[`reason-${code}`]]).filter(([, words]) => words);
      await api.ask("POST", "outages", { targets: [thing.id], reasons: Object.fromEntries(said), since: values.since || null, until: values.until || null });
      shown.close("saved");
    };
    const cancel = el("button", { type: "button", class: "quiet", text: t("cancel"), on: { click: () => shown.close() } });
    const shown = dialog(t("close_name", { name }), el("p", { text: t("reason_text") }),
      form({ t, fields: [...reasons.map(({ field }) => field), since, until], submit: t("close_now"), send, beside: [cancel], kept: true,
        places: { "outage-invalid": "until" } }));
    if ((await ask(shown)) !== "saved") return;
    tell(t("is_out", { name }));
    await this.#look();
  }

  /** @param {Outage} outage @param {string} name */
  async #mend(outage, name) {
    const { api, t, tell } = this.desk;
    await api.ask("DELETE", `outages/${outage.id}`);
    tell(t("is_back", { name }));
    await this.#look();
  }
}
customElements.define("outages-page", OutagesPage);
export const page = OutagesPage;
