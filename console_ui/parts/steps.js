import { el } from "../../kiosk_ui/dom.js";

/** @import { Desk } from "../page.js" */
/**
 * @typedef {{id: string, name: string, base: string, made_by: string, made_by_name: string | null, made_at: string, edited_at: string | null,
 *   behind: boolean}} Draft
 */

const STEPS = /** @type {const} */ (["draft", "checks", "try", "proof", "publish"]);

/**
 * The name of a draft and the steps of its life, with the present one marked. Raises Refused where there is no such draft.
 * @param {Desk} desk @param {string} id @param {string} here  a page's path
 */
export async function steps(desk, id, here) {
  const { api, t, may } = desk;
  const draft = /** @type {Draft} */ (await api.ask("GET", `drafts/${id}`));
  const links = STEPS.filter((path) => path !== "try" || may("editor")).map((path) =>
    el("li", {}, el("a", { href: `#/${path}/${id}`, text: t(`step_${path}`), "aria-current": path === here ? "step" : null })));
  const name = el("p", { class: "draft-name" }, el("strong", { text: draft.name }), ` ${t("draft_by", { name: draft.made_by_name ?? t("gone_person") })}`);
  return { draft, element: el("div", { class: "draft-head" }, name, el("ol", { class: "steps", "aria-label": t("steps") }, ...links)) };
}
