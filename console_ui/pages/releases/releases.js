import { el } from "../../../kiosk_ui/dom.js";
import { Page } from "../../page.js";
import { differenceOf } from "../../parts/difference.js";
import { mark, time } from "../../parts/mark.js";
import { table } from "../../parts/work-table.js";
import { moment } from "../../times.js";

/**
 * @typedef {{id: string, who: string, name: string | null, why: string, at: string | null, broken: string[], active: boolean, trained: boolean}} Release
 * @typedef {{active: string, before: string | null, running: string, problem: string | null, releases: Release[]}} Releases
 */

const EVERY_S = 2;

/** What is live, what was, and the way back. */
class ReleasesPage extends Page {
  #state = el("p", { role: "status" });
  #difference = el("section", { class: "once" });
  /** @type {Releases | null} */
  #seen = null;

  async open() {
    const { t, may } = this.desk;
    this.table = this.#table();
    this.back = el("button", { type: "button", class: "bad", text: t("roll_back"), on: { click: () => void this.attempt(() => this.#rollBack()) } });
    this.replaceChildren(el("p", { text: t("releases_text") }), this.#state, may("publisher") ? el("p", { class: "buttons" }, this.back) : "",
      this.table, this.#difference);
    this.every(EVERY_S, () => this.#look());
    await this.#look();
  }

  async #look() {
    this.#draw(await this.desk.api.ask("GET", "releases"));
  }

  /** @param {Releases} seen */
  #draw(seen) {
    const { t } = this.desk;
    this.#seen = seen;
    const follows = seen.running === seen.active;
    const said = seen.problem ? mark("bad", t("not_followed", { problem: seen.problem }))
      : follows ? mark("good", t("followed", { release: this.#named(seen.active) })) : mark("warn", t("following"));
    if (this.#state.textContent !== said.textContent) this.#state.replaceChildren(said);
    if (this.back) this.back.hidden = seen.before === null;
    this.table?.update(seen.releases.map((release) => ({ ...release, lives: release.id === seen.running })));
  }

  /** @param {string} id */
  #named(id) {
    return id === "shipped" ? this.desk.t("shipped") : id;
  }

  #table() {
    const { t, may } = this.desk;
    const state = (/** @type {Release & {lives: boolean}} */ { active, lives, trained }) => {
      if (active) return mark(lives ? "good" : "warn", t(lives ? "is_live" : "becomes_live"));
      return trained ? mark("quiet", t("can_be_live")) : mark("quiet", t("not_trained_here"));
    };
    return table({
      caption: t("page_releases"), empty: "", key: (/** @type {Release & {lives: boolean}} */ { id }) => id,
      columns: [
        { title: t("release"), head: true, cell: ({ id }) => el("span", { class: "id", text: this.#named(id) }) },
        { title: t("when"), cell: ({ at }) => (at ? time(at, moment(at)) : "") },
        { title: t("who"), cell: ({ id, name }) => (id === "shipped" ? "" : name ?? t("gone_person")) },
        { title: t("why"), cell: ({ why, broken }) => el("div", {}, el("p", { text: why }), broken.length ? mark("warn", t("broken_count", { count: broken.length })) : "") },
        { title: t("state"), cell: state },
        { title: t("actions"), cell: (release) => this.#actions(release, may("publisher")) },
      ],
    });
  }

  /** @param {Release} release @param {boolean} may */
  #actions(release, may) {
    const { t } = this.desk;
    if (release.active) return "";
    const name = this.#named(release.id);
    const button = (/** @type {string} */ act, /** @type {() => Promise<void>} */ what) =>
      el("button", { type: "button", class: "quiet", "data-act": act, text: t(`release_${act}`), "aria-label": t(`release_${act}_name`, { name }),
        on: { click: () => void this.attempt(what) } });
    const differs = button("compare", () => this.#compare(release.id));
    return el("div", { class: "acts" }, differs, may && release.trained ? button("activate", () => this.#activate(release)) : "");
  }

  /** What the live release has that this one has not, and the other way round. @param {string} id */
  async #compare(id) {
    const { api, t } = this.desk;
    const active = this.#seen?.active ?? "shipped";
    const { files } = await api.ask("GET", `releases/${active}/difference?from=${id}`);
    const heading = el("h2", { text: t("compared", { old: this.#named(id), new: this.#named(active) }), tabindex: "-1" });
    this.#difference.replaceChildren(heading, differenceOf(files, t));
    heading.focus();
  }

  /** @param {Release} release */
  async #activate(release) {
    const { api, confirm, t, tell } = this.desk;
    const name = this.#named(release.id);
    if (!(await confirm({ title: t("release_activate_name", { name }), text: t("activate_text"), yes: t("release_activate") }))) return;
    this.#draw(await api.ask("POST", `releases/${release.id}/activation`));
    tell(t("activated", { name }));
  }

  async #rollBack() {
    const { api, confirm, t, tell } = this.desk;
    const name = this.#named(this.#seen?.before ?? "");
    if (!(await confirm({ title: t("roll_back"), text: t("roll_back_text", { name }), yes: t("roll_back") }))) return;
    this.#draw(await api.ask("POST", "rollback"));
    tell(t("activated", { name }));
  }
}
customElements.define("releases-page", ReleasesPage);
export const page = ReleasesPage;
