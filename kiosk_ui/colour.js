/** Colours of lines come from the feed; here they are made readable. */

const ENOUGH = 7;

/** @typedef {[number, number, number]} Rgb */

/** @param {string} hex  with or without "#" @returns {Rgb | null} */
export function parse(hex) {
  const match = /^#?([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(hex.trim());
  return match ? /** @type {Rgb} */ (match.slice(1).map((part) => parseInt(part, 16))) : null;
}

/** @param {Rgb} rgb @returns {number} relative luminance (WCAG 2.2) */
function luminance(rgb) {
  const [r, g, b] = rgb.map((value) => {
    const c = value / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** @param {Rgb} a @param {Rgb} b @returns {number} contrast, 1 to 21 (WCAG 2.2) */
export function contrast(a, b) {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

/** @param {Rgb} rgb */
const text = (rgb) => `rgb(${rgb.map(Math.round).join(" ")})`;

/**
 * Background and text of a line's badge, at 7:1 or more: the feed's pair where it is readable, else its colour moved
 * as little as needed. Null where the feed names no colour.
 *
 * @param {string | null | undefined} colour
 * @param {string | null | undefined} textColour
 * @returns {{background: string, text: string} | null}
 */
export function badgeColours(colour, textColour) {
  const base = colour ? parse(colour) : null;
  if (!base) return null;
  const wanted = textColour ? parse(textColour) : null;
  if (wanted && contrast(base, wanted) >= ENOUGH) return { background: text(base), text: text(wanted) };
  const white = /** @type {Rgb} */ ([255, 255, 255]);
  const black = /** @type {Rgb} */ ([0, 0, 0]);
  // Signs print white on colour wherever it can be read at all; black only suits the light ones.
  const letters = contrast(base, white) >= 3 ? white : black;
  const towards = letters === white ? black : white;
  for (let share = 0; share < 1; share += 0.04) {
    const mixed = /** @type {Rgb} */ (base.map((value, i) => value * (1 - share) + towards[i] * share));
    if (contrast(mixed, letters) >= ENOUGH) return { background: text(mixed), text: text(letters) };
  }
  return { background: text(towards), text: text(letters) };
}
