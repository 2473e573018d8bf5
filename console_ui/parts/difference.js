import { el } from "../../kiosk_ui/dom.js";

/** @import { Words } from "../words.js" */
/** @typedef {{path: string, kind: "added" | "removed" | "changed", lines: string[]}} FileDifference */

const KINDS = /** @type {Record<string, string>} */ ({ "+": "ins", "-": "del" });

/** Files that differ, each with its lines. @param {FileDifference[]} files @param {Words} t */
export function differenceOf(files, t) {
  if (!files.length) return el("p", { class: "none", text: t("nothing_differs") });
  return el("div", { class: "difference" }, ...files.map(({ path, kind, lines }) =>
    el("details", { open: files.length < 4 }, el("summary", {}, el("span", { class: "id", text: path }), ` ${t(`file_${kind}`)}`),
      el("div", { class: "lines" }, ...lines.filter((line) => !line.startsWith("@@")).map((line) => {
        const tag = KINDS[line[0]];
        return el("div", {}, tag ? el(/** @type {"ins" | "del"} */ (tag), { text: line }) : line || " ");
      })))));
}
