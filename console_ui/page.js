import { el } from "../kiosk_ui/dom.js";
import { Refused } from "./api.js";
import { told } from "./problems.js";

/** @import { Api, Session } from "./api.js" */
/** @import { Question } from "./parts/dialogs.js" */
/** @import { Role } from "./roles.js" */
/** @import { Words } from "./words.js" */

/**
 * What a page is given.
 * @typedef {object} Desk
 * @property {Api} api
 * @property {Words} t
 * @property {() => Session} me  who is signed in
 * @property {(role: Role) => boolean} may
 * @property {(text: string) => void} tell  what was saved, shown and read aloud
 * @property {(question: Question) => Promise<boolean>} confirm
 * @property {() => void} renamed  draws the frame anew where the role of who is signed in has changed
 */

/** A person who has done nothing for so long is taken to be away: nothing is asked by itself, so that the session can end. */
const AWAY_MS = 5 * 60_000;
let touched = Date.now();
for (const type of ["pointerdown", "keydown", "scroll"]) {
  globalThis.document?.addEventListener(type, () => (touched = Date.now()), { capture: true, passive: true });
}

/** A page. `open` draws it; it may be called again after somebody signed in anew. */
export class Page extends HTMLElement {
  /** @type {Desk} */
  // @ts-expect-error: set before it is opened
  desk;
  /** What the page is about: the parts of the address behind its path. @type {string[]} */
  place = [];
  #timer = 0;

  /** @returns {Promise<void>} */
  async open() {}

  disconnectedCallback() {
    clearInterval(this.#timer);
  }

  /** Whether something would be lost by leaving. */
  get unsaved() {
    return [...this.querySelectorAll("work-form, shown-once")].some((part) => /** @type {any} */ (part).unsaved);
  }

  /** Puts the focus where reading begins. */
  focusHeading() {
    /** @type {HTMLElement | null | undefined} */ (this.parentElement?.querySelector("h1"))?.focus();
  }

  /** Does something over and over while the page is looked at. @param {number} seconds @param {() => Promise<void>} look */
  every(seconds, look) {
    clearInterval(this.#timer);
    this.#timer = window.setInterval(() => {
      if (document.visibilityState === "visible" && Date.now() - touched < AWAY_MS) void this.attempt(look);
    }, seconds * 1000);
  }

  /** Does something; a refusal is shown on top of the page. @param {() => Promise<void>} act @returns {Promise<boolean>} */
  async attempt(act) {
    try {
      await act();
      this.refuse(null);
      return true;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.refuse(error);
      return false;
    }
  }

  /** @param {Refused | null} refused */
  refuse(refused) {
    const before = this.querySelector(":scope > .refused");
    const text = refused && told(refused, this.desk.t);
    if (before?.textContent === text) return;
    before?.remove();
    if (text !== null) this.prepend(el("p", { class: "refused", role: "alert", text }));
  }
}
