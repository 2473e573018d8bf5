/**
 * How large letters must be to be read from where people stand. Pure.
 *
 * EN 301 549 (5.1.4): a capital H is at least 0.7° of visual angle high. At the distance d that is 2·d·tan(0.35°), 7.3 mm at 600 mm.
 * A capital of Noto Sans is 0.733 of its size.
 *
 * @import { TextSize } from "./preferences.js"
 * @import { ScreenSize } from "./protocol.js"
 *
 * @typedef {{width: number, height: number}} Pixels
 */

const DEGREES = 0.7;
const CAPITAL = 0.733;
const MM_PER_INCH = 25.4;
const DPI = 96;
/** Larger letters are so much larger than the normal ones at least. */
const LARGE = 1.25;
const LARGEST = 1.5;
/** On a small screen of no stated size people stand nearer than at a post in a hall. */
const NEAR_MM = 400;

/** Usual screens: their pixels (upright or not), diagonal in inches, and whether one stands near. */
const USUAL = [
  { pixels: [1080, 1920], upright: true, inches: 32, near: false },
  { pixels: [1080, 1920], upright: false, inches: 24, near: false },
  { pixels: [800, 1280], upright: false, inches: 10.1, near: true },
  { pixels: [480, 800], upright: false, inches: 7, near: true },
];

/** @param {Pixels} pixels @returns {(typeof USUAL)[number] | null} */
function usual({ width, height }) {
  const [short, long] = [Math.min(width, height), Math.max(width, height)];
  const alike = USUAL.filter(({ pixels }) => pixels[0] === short && pixels[1] === long);
  return alike.find(({ upright }) => upright === height > width) ?? alike[0] ?? null;
}

/**
 * Pixels in a millimetre of the screen, and from how far it is read. Where the station file names no size, that of the usual screen
 * of so many pixels is taken, else 96 dots an inch; a usual screen that is small is read from 400 mm, or from what the file says
 * where that is nearer.
 *
 * @param {Pixels} pixels
 * @param {ScreenSize} screen
 */
export function geometry(pixels, { inches, distance_mm }) {
  const known = inches === null ? usual(pixels) : null;
  const diagonal = inches ?? known?.inches ?? null;
  const perInch = diagonal === null ? DPI : Math.hypot(pixels.width, pixels.height) / diagonal;
  return { perMm: perInch / MM_PER_INCH, distanceMm: known?.near ? Math.min(distance_mm, NEAR_MM) : distance_mm };
}

/** The size of letter, in pixels, at which a capital H is 0.7° high. @param {Pixels} pixels @param {ScreenSize} screen */
export function needed(pixels, screen) {
  const { perMm, distanceMm } = geometry(pixels, screen);
  const capitalMm = 2 * distanceMm * Math.tan((DEGREES / 2) * (Math.PI / 180));
  return (capitalMm / CAPITAL) * perMm;
}

/**
 * The size of the root's letters in whole pixels: of the smallest ones of the page in `largest`. `large` is half-way.
 *
 * @param {TextSize} text
 * @param {number} normal  the size for everybody, in pixels
 * @param {Pixels} pixels
 * @param {ScreenSize} screen
 */
export function rootSize(text, normal, pixels, screen) {
  const largest = Math.ceil(Math.max(normal * LARGEST, needed(pixels, screen)));
  if (text === "largest") return largest;
  return text === "large" ? Math.round(Math.max(normal * LARGE, (normal + largest) / 2)) : normal;
}
