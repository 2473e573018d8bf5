/**
 * Tests of a component alone, in a real browser. A component's `<name>.tests.js` exports `tests`; `run` does them one after the
 * other, each on a stage of its own, in English, as wide as its examples.
 *
 * @import { Frame } from "./stage.js"
 *
 * @typedef {(stage: Bench) => void | Promise<void>} ComponentTest
 * @typedef {Record<string, ComponentTest>} ComponentTests  what holds → how it is seen
 */

import { el } from "../dom.js";
import { loadTranslators } from "../i18n.js";
import { Stage } from "./stage.js";

/** @param {unknown} holds @param {string} what */
export function check(holds, what) {
  if (!holds) throw new Error(what);
}

/** @param {unknown} found @param {unknown} wanted @param {string} [what] */
export function equal(found, wanted, what = "it") {
  const [one, other] = [JSON.stringify(found), JSON.stringify(wanted)];
  check(one === other, `${what} is ${one}, not ${other}`);
}

/** Text as it is read: without what is hidden, spaces made one. @param {Element | null | undefined} element */
export function textOf(element) {
  return /** @type {HTMLElement | null | undefined} */ (element)?.innerText.replace(/\s+/g, " ").trim() ?? null;
}

/** All that a selector finds. @param {Element} part @param {string} selector @returns {HTMLElement[]} */
export const all = (part, selector) => [.../** @type {NodeListOf<HTMLElement>} */ (part.querySelectorAll(selector))];

/** The one that a selector finds. @param {Element} part @param {string} selector @returns {HTMLElement} */
export function one(part, selector) {
  const found = part.querySelector(selector);
  if (!found) throw new Error(`there is no ${selector}`);
  return /** @type {HTMLElement} */ (found);
}

/** A key goes down and up on what holds the focus. @param {Element} target @param {string} key @returns {boolean} whether its going down was left to the browser */
export function press(target, key) {
  const left = target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  target.dispatchEvent(new KeyboardEvent("keyup", { key, bubbles: true, cancelable: true }));
  return left;
}

/** Waits for what comes with the next drawing, as observers of sizes do. @param {() => unknown} holds @param {string} what */
export async function until(holds, what) {
  for (let frames = 0; frames < 120 && !holds(); frames++) await new Promise((done) => requestAnimationFrame(done));
  check(holds(), what);
}

/** A stage that also hears what a component tells. */
export class Bench extends Stage {
  /** @type {[string, unknown][]} */
  told = [];

  /** Notes these events. @param {...string} types */
  hear(...types) {
    for (const type of types) this.frame.addEventListener(type, (event) => this.told.push([type, /** @type {CustomEvent} */ (event).detail]));
  }

  /**
   * The same state again: the same nodes, the same focus.
   * @param {HTMLElement} part
   * @param {import("./stage.js").Shown} [shown]
   */
  staysTheSame(part, shown = {}) {
    const nodes = all(part, "*");
    const control = nodes.find((node) => node.matches("button:not(:disabled), summary, input, [tabindex]") && node.checkVisibility());
    control?.focus();
    this.update(part, shown);
    this.update(part, structuredClone(shown));
    const after = all(part, "*");
    check(after.length === nodes.length && after.every((node, place) => node === nodes[place]), "the same state draws anew");
    if (control) check(document.activeElement === control, "the same state takes the focus away");
  }
}

/**
 * @param {string} component
 * @returns {Promise<Record<string, string>>} test → what is wrong; empty where it holds
 */
export async function run(component) {
  const translators = await loadTranslators();
  await import(`../components/${component}/${component}.js`);
  /** @type {[{tests: ComponentTests}, {frame?: Frame}]} */
  const [{ tests }, { frame: { width = 814, height = 0, within = {} } = {} }] = await Promise.all([
    import(`../components/${component}/${component}.tests.js`), import(`../components/${component}/${component}.examples.js`),
  ]);
  /** @type {Record<string, string>} */
  const results = {};
  document.querySelector("main")?.replaceChildren(); // What has one name or number on a page is the test's alone.
  for (const [name, test] of Object.entries(tests)) {
    const frame = el("div", { class: "frame" });
    for (const [property, value] of Object.entries({ "inline-size": `${width}px`, "block-size": height ? `${height}px` : "auto", ...within })) {
      frame.style.setProperty(property, value);
    }
    document.body.append(frame);
    try {
      await test(new Bench(component, frame, "en", translators));
      results[name] = "";
    } catch (error) {
      results[name] = String(error);
    }
    frame.remove();
  }
  return results;
}
