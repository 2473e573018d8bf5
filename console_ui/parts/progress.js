import { el } from "../../kiosk_ui/dom.js";
import { moment } from "../times.js";
import { mark } from "./mark.js";

/** @import { Words } from "../words.js" */
/**
 * @typedef {{state: "none" | "waiting" | "running" | "done" | "failed" | "cancelled" | "interrupted", stage: string, step: number,
 *   steps: number, problem: string | null, asked_at: string | null, ended_at: string | null, current: boolean}} Work
 */

const KINDS = /** @type {const} */ ({
  none: "quiet", waiting: "warn", running: "warn", done: "good", failed: "bad", cancelled: "quiet", interrupted: "bad",
});

/** Whether it goes on. @param {Work} work */
export const alive = ({ state }) => state === "waiting" || state === "running";

/** A long work as it stands: told once for each state, its steps shown as they go. */
export class WorkProgress extends HTMLElement {
  #said = el("p", { role: "status" });
  #bar = el("progress", {});
  #shown = "";

  /** @param {Work} work @param {Words} t */
  update(work, t) {
    if (!this.isConnected || !this.firstChild) this.replaceChildren(this.#said, this.#bar);
    const running = work.state === "running";
    const about = running && t.has(`stage_${work.stage}`) ? t(`stage_${work.stage}`) : "";
    const when = work.ended_at && !alive(work) ? moment(work.ended_at) : "";
    const old = work.state === "done" && !work.current ? t("work_outdated") : "";
    const shown = [t(`work_${work.state}`), about, when, old, work.problem ?? ""].filter(Boolean).join(" · ");
    if (shown !== this.#shown) this.#said.replaceChildren(mark(old ? "warn" : KINDS[work.state], shown));
    this.#shown = shown;
    this.#bar.hidden = !running;
    this.#bar.setAttribute("aria-label", about || t("work_running"));
    if (work.steps) {
      this.#bar.max = work.steps;
      this.#bar.value = work.step;
    } else {
      this.#bar.removeAttribute("value");
    }
  }
}
customElements.define("work-progress", WorkProgress);
