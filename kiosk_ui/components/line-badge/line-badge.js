import { badgeColours } from "../../colour.js";
import { el } from "../../dom.js";

/**
 * A line's name on its own colour.
 * @param {{line: string | null, colour?: string | null, text_colour?: string | null}} row
 */
export function lineBadge(row) {
  const colours = badgeColours(row.colour, row.text_colour);
  const badge = el("span", { class: "line-badge", text: row.line ?? "" });
  badge.style.setProperty("--badge", colours?.background ?? "var(--plain-badge, var(--plate))");
  badge.style.setProperty("--badge-text", colours?.text ?? "var(--plain-badge-text, var(--on-plate))");
  return badge;
}
