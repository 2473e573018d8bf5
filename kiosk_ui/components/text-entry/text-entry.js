import { Part, el } from "../../dom.js";
import { icon } from "../../icons.js";
import { layoutOf } from "../../input/layouts.js";
import { LONGEST_TEXT } from "../../protocol.js";

/** @import { View } from "../../dom.js" */

/** A line to type in, with a keyboard on the screen. Tells `say` and `type-end`. What was typed goes when it closes. */
class TextEntry extends Part {
  #layout = layoutOf("en");
  #shift = false;
  #input = el("input", { type: "text", maxlength: LONGEST_TEXT, autocomplete: "off", spellcheck: "false", enterkeyhint: "send", inputmode: "none" });
  #send = el("button", { type: "submit", class: "send" });
  #close = el("button", { type: "button", class: "close", on: { click: () => this.tell("type-end") } }, icon("close"));
  #form = el("form", {}, this.#input, this.#send, this.#close);
  #candidates = el("div", { class: "candidates", role: "group" });
  #keys = el("div", { class: "keys", role: "group" });

  connectedCallback() {
    this.setAttribute("role", "region");
    this.append(this.#form, this.#candidates, this.#keys);
    this.#input.addEventListener("input", () => this.#offer());
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      const text = this.#input.value.trim();
      if (text) this.tell("say", text);
    });
    this.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.tell("type-end");
    });
  }

  /** @param {View} view */
  update({ state, t, tag }) {
    this.when("words", tag, () => {
      this.setAttribute("aria-label", t("type"));
      this.#input.placeholder = t("type_hint");
      this.#input.setAttribute("aria-label", t("type_label"));
      this.#candidates.setAttribute("aria-label", t("candidates"));
      this.#keys.setAttribute("aria-label", t("keyboard"));
      this.#close.setAttribute("aria-label", t("close"));
      this.#send.replaceChildren(el("span", { text: t("send") }), icon("arrow"));
    });
    if (state.entry) this.when("layout", tag, () => {
      this.#layout = layoutOf(state.language);
      this.#shift = false;
      this.#drawKeys(t);
      this.#offer();
    });
    this.when("open", state.entry, () => {
      this.hidden = !state.entry;
      this.#edit("");
      if (state.entry) this.#input.focus();
    });
  }

  /** @param {View["t"]} t */
  #drawKeys(t) {
    const { rows, shifted } = this.#layout;
    const key = (/** @type {string} */ name) => {
      const letter = this.#shift ? (shifted[name] ?? name) : name;
      return this.#key(letter, () => {
        this.#edit(this.#layout.type(this.#input.value, letter));
        if (this.#shift) this.#toggleShift(t);
      });
    };
    const lines = rows.map((row) => el("div", { class: "row" }, ...row.map(key)));
    const shift = this.#key(t("shift"), () => this.#toggleShift(t), "wide");
    shift.setAttribute("aria-pressed", String(this.#shift));
    const space = this.#key(t("space"), () => this.#space(), "space");
    const erase = this.#key("", () => this.#edit(this.#layout.erase(this.#input.value)), "wide");
    erase.setAttribute("aria-label", t("erase"));
    erase.append(icon("backspace"));
    const last = [...(Object.keys(shifted).length ? [shift] : []), space, erase];
    this.#keys.replaceChildren(...lines, el("div", { class: "row" }, ...last));
  }

  /** @param {string} text @param {() => void} press @param {string} [kind] */
  #key(text, press, kind = "") {
    // The pointer must not take the focus from the line, or the caret goes.
    return el("button", { type: "button", class: kind, text, on: { click: press, pointerdown: (/** @type {Event} */ event) => event.preventDefault() } });
  }

  /** @param {string} text */
  #edit(text) {
    this.#input.value = text.slice(0, LONGEST_TEXT);
    this.#offer();
  }

  /** A space, or the first candidate where there is one, as typists of Chinese expect. */
  #space() {
    const [first] = this.#layout.candidates(this.#input.value);
    this.#edit(first ? this.#layout.choose(this.#input.value, first) : `${this.#input.value} `);
  }

  /** Shows what the letters typed may mean. */
  #offer() {
    const offered = this.#layout.candidates(this.#input.value);
    this.#candidates.hidden = !offered.length;
    this.#candidates.replaceChildren(
      ...offered.map((one) => this.#key(one.text, () => this.#edit(this.#layout.choose(this.#input.value, one)))),
    );
  }

  /** @param {View["t"]} t */
  #toggleShift(t) {
    this.#shift = !this.#shift;
    this.#drawKeys(t);
  }
}

customElements.define("text-entry", TextEntry);
