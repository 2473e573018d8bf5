import { Part, beforePicture, el } from "./dom.js";
import { icon } from "./icons.js";

/** @import { View } from "./dom.js" */
/** @import { Panel, State } from "./state.js" */

/** What had the focus before the first panel opened: it gets it back. @type {HTMLElement | null} */
let opener = null;

/**
 * A panel in the middle of the page: a heading, a button that closes it, and what stands in it. Takes the focus when it opens
 * and gives it back when it closes; Escape closes it. Tells `panel`.
 */
export class PanelPart extends Part {
  #name;
  #words;
  #open = false;
  #title = el("h2", { tabindex: "-1" });
  #closeText = el("span");
  #close = el("button", { type: "button", class: "close", on: { click: () => this.tell("panel", null) } });
  /** What stands above the rest. */
  head = el("div", { class: "words" }, this.#title);
  /** What stands below the heading. */
  body = el("div", { class: "body" });

  /**
   * @param {Panel} name
   * @param {{title: string, close: string}} words  their keys; one that is done is closed with a tick
   */
  constructor(name, words) {
    super();
    this.#name = name;
    this.#words = words;
  }

  connectedCallback() {
    this.classList.add("panel");
    this.setAttribute("role", "region");
    this.tabIndex = 0; // What is longer than the screen is scrolled by keyboard too.
    if (!this.childElementCount) {
      this.#close.append(icon(this.#words.close === "done" ? "check" : "close"), this.#closeText);
      this.append(el("div", { class: "head" }, this.head, this.#close), this.body);
    }
    document.addEventListener("keydown", this.#escape);
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.#escape);
  }

  /** Draws what every panel has, and follows its opening and closing. @param {View} view */
  frame({ state, t, tag }) {
    this.when("frame", tag, () => {
      this.#title.textContent = t(this.#words.title);
      this.#closeText.textContent = t(this.#words.close);
      this.setAttribute("aria-label", t(this.#words.title));
    });
    this.#follow(state);
  }

  /** @param {State} state */
  #follow({ panel }) {
    const open = panel === this.#name;
    if (open === this.#open) return;
    this.#open = open;
    const active = document.activeElement;
    if (open) {
      if (active instanceof HTMLElement && !active.closest(".panel")) opener = active;
      beforePicture(() => this.#begin());
    } else if (panel === null && (active === document.body || this.contains(active))) {
      opener?.focus({ preventScroll: true });
      opener = null;
    }
  }

  /** From its beginning, with the focus on its title. */
  #begin() {
    if (!this.#open) return;
    this.scrollTop = 0;
    this.#title.focus();
  }

  #escape = (/** @type {KeyboardEvent} */ event) => {
    const inDialog = event.target instanceof Element && event.target.closest("dialog");
    if (event.key === "Escape" && this.#open && !inDialog) this.tell("panel", null);
  };
}
