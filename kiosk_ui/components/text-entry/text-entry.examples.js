/** @import { Examples } from "../../examples/stage.js" */

/** @type {Examples} */
export const examples = {
  "open": (stage) => stage.show({ state: { entry: true } }),
  "English": (stage) => stage.show({ state: { entry: true, language: "en" } }),
  "Chinese, with candidates": (stage) => {
    const part = stage.show({ state: { entry: true, language: "zh" } });
    for (const key of "zhan") [...part.querySelectorAll("button")].find((button) => button.textContent === key)?.click();
    return part;
  },
  "Korean, with shift": (stage) => {
    const part = stage.show({ state: { entry: true, language: "ko" } });
    /** @type {HTMLElement | null} */ (part.querySelector("[aria-pressed]"))?.click();
    return part;
  },
};
export const frame = { width: 1240, height: 560 };
