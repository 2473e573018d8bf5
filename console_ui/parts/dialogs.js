import { el } from "../../kiosk_ui/dom.js";

/** @import { Words } from "../words.js" */
/** What is asked before something that cannot be taken back. @typedef {{title: string, text: string, yes: string}} Question */

let count = 0;

/** A dialog with a title, closed and not yet in the page. @param {string} title @param {...Node} children */
export function dialog(title, ...children) {
  const id = `dialog-${++count}`;
  return el("dialog", { "aria-labelledby": id }, el("h2", { id, text: title }), ...children);
}

/** Shows a dialog and waits until it is closed; gives its `returnValue`. @param {HTMLDialogElement} shown @returns {Promise<string>} */
export function ask(shown) {
  document.body.append(shown);
  shown.showModal();
  return new Promise((resolve) => shown.addEventListener("close", () => {
    shown.remove();
    resolve(shown.returnValue);
  }, { once: true }));
}

/** Whether somebody means it. "No" has the focus. @param {Question} question @param {Words} t */
export async function confirmed({ title, text, yes }, t) {
  const no = el("button", { type: "button", class: "quiet", autofocus: true, text: t("no"), on: { click: () => shown.close("no") } });
  const go = el("button", { type: "button", class: "bad", text: yes, on: { click: () => shown.close("yes") } });
  const shown = dialog(title, el("p", { text }), el("p", { class: "buttons" }, no, go));
  return (await ask(shown)) === "yes";
}
