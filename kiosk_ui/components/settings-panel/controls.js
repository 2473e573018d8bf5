import { el } from "../../dom.js";
import { icon } from "../../icons.js";

/** @import { Translate } from "../../i18n.js" */

/**
 * A control of one setting. `speak` gives it its words; `show` what is set now.
 * @template T
 * @typedef {{element: HTMLElement, speak: (t: Translate) => void, show: (value: T) => void}} Control
 */

/**
 * One of a few: native radio buttons, each with a sample.
 * @template {string} T
 * @param {{name: string, values: readonly T[], title: (t: Translate) => string, word: (t: Translate, value: T) => string,
 *   sample: (value: T) => Node[], told: (value: T) => void}} options
 * @returns {Control<T>}
 */
export function choice({ name, values, title, word, sample, told }) {
  const legend = el("legend");
  const options = values.map((value) => {
    const input = el("input", { type: "radio", name, value, on: { change: () => told(value) } });
    const text = el("span", { class: "word" });
    const shown = el("span", { class: `sample ${value}`, "aria-hidden": "true" }, ...sample(value));
    return { value, input, text, label: el("label", {}, input, icon("check"), shown, text) };
  });
  return {
    element: el("fieldset", { class: `setting choice ${name}` }, legend, el("div", { class: "options" }, ...options.map(({ label }) => label))),
    speak(t) {
      legend.textContent = title(t);
      for (const { value, text } of options) text.textContent = word(t, value);
    },
    show(now) {
      for (const { value, input } of options) input.checked = value === now;
    },
  };
}

/**
 * On or off, with a word for it.
 * @param {{name: string, sign: string, title: (t: Translate) => string, told: (on: boolean) => void}} options
 * @returns {Control<boolean>}
 */
export function toggle({ name, sign, title, told }) {
  const text = el("span", { class: "word" });
  const off = el("span", { class: "off" });
  const on = el("span", { class: "on" });
  const element = el("button", { type: "button", role: "switch", "aria-checked": "false", class: `setting toggle ${name}`,
    on: { click: () => told(element.getAttribute("aria-checked") !== "true") } },
  icon(sign), text, el("span", { class: "track", "aria-hidden": "true" }, off, on));
  return {
    element,
    speak(t) {
      text.textContent = title(t);
      off.textContent = t("off");
      on.textContent = t("on");
    },
    show(value) {
      element.setAttribute("aria-checked", String(value));
    },
  };
}

/**
 * Steps from quiet to loud, one less or one more at a touch.
 * @param {{steps: number, told: (by: number) => void}} options
 * @returns {Control<number>}
 */
export function loudness({ steps, told }) {
  const title = el("p", { class: "legend", id: "volume-title" });
  const bars = Array.from({ length: steps }, () => el("i"));
  const text = el("span", { class: "word", role: "status" });
  const less = el("button", { type: "button", class: "less", on: { click: () => told(-1) } }, icon("minus"), el("span"));
  const more = el("button", { type: "button", class: "more", on: { click: () => told(1) } }, icon("plus"), el("span"));
  /** @type {Translate | null} */
  let words = null;
  let step = 0;
  const shown = () => words && (text.textContent = words("volume_step", { step: step + 1, steps }));
  return {
    element: el("div", { class: "setting volume", role: "group", "aria-labelledby": "volume-title" }, title,
      el("div", { class: "options" }, less, el("span", { class: "steps" }, el("span", { class: "bars", "aria-hidden": "true" }, ...bars), text), more)),
    speak(t) {
      words = t;
      title.textContent = t("volume");
      /** @type {HTMLElement} */ (less.lastElementChild).textContent = t("quieter");
      /** @type {HTMLElement} */ (more.lastElementChild).textContent = t("louder");
      shown();
    },
    show(value) {
      step = value;
      bars.forEach((bar, at) => bar.classList.toggle("full", at <= value));
      less.setAttribute("aria-disabled", String(value === 0)); // It keeps the focus.
      more.setAttribute("aria-disabled", String(value === steps - 1));
      shown();
    },
  };
}
