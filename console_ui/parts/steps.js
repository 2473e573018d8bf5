import { el } from "../../kiosk_ui/dom.js";

/** @import { Desk } from "../page.js" */
/**
 * @typedef {{id: string, name: string, base: string, made_by: string, made_by_name: string | null, made_at: string, edited_at: string | null,
 *   behind: boolean}} Draft
 */

const STEPS = /** @type {const} */ (["draft", "checks", "try", "proof", "publish"]);

/** What can be edited in a draft: the paths of the pages. */
const PARTS = /** @type {const} */ (["draft", "names", "places", "facts", "rules", "sensors", "languages"]);

/**
 * The name of a draft and the steps of its life, with the present one marked; below the first, what there is to edit.
 * Raises Refused where there is no such draft.
 * @param {Desk} desk @param {string} id @param {string} here  a page's path @param {string} [part]  the path of the page, or of the list it belongs to
 */
export async function steps(desk, id, here, part = "draft") {
  const { api, t, may } = desk;
  const draft = /** @type {Draft} */ (await api.ask("GET", `drafts/${id}`));
  const links = STEPS.filter((path) => path !== "try" || may("editor")).map((path) =>
    el("li", {}, el("a", { href: `#/${path}/${id}`, text: t(`step_${path}`), "aria-current": path === here ? "step" : null })));
  const name = el("p", { class: "draft-name" }, el("strong", { text: draft.name }), ` ${t("draft_by", { name: draft.made_by_name ?? t("gone_person") })}`);
  const parts = PARTS.map((path) => el("li", {}, el("a", { href: `#/${path}/${id}`, text: t(`part_of_${path}`), "aria-current": path === part ? "true" : null })));
  const edited = here === "draft" ? el("ul", { class: "parts", "aria-label": t("parts_of_draft") }, ...parts) : "";
  return { draft, element: el("div", { class: "draft-head" }, name, el("ol", { class: "steps", "aria-label": t("steps") }, ...links), edited) };
}
