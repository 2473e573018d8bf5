/**
 * The examples of every component, for who works on them: `examples.html` lists them, `?component=departures-board` shows one's,
 * `&example=` one alone; `theme`, `text`, `language` and `dir` set what a person may set. Asks the assistant for nothing.
 *
 * @import { Examples, Frame } from "./examples/stage.js"
 * @import { Translate } from "./i18n.js"
 */

import { Appearance } from "./appearance.js";
import { el } from "./dom.js";
import { Stage } from "./examples/stage.js";
import { LANGUAGES, loadTranslators } from "./i18n.js";
import { TEXT_SIZES, THEMES } from "./preferences.js";
import { initial } from "./state.js";

const COMPONENT = /^components\/([\w-]+)\/\1\.css$/;

/** What the address may set, and to what. */
const CHOICES = () => ({ theme: THEMES, text: TEXT_SIZES, language: [...LANGUAGES.keys()], dir: ["ltr", "rtl"] });

/** The stylesheets of the page itself, in its order. @returns {Promise<string[]>} */
async function stylesOfThePage() {
  const page = await (await fetch("index.html")).text();
  return [...page.matchAll(/<link rel="stylesheet" href="([^"]+)"/g)].map(([, href]) => href ?? "");
}

/** @param {string} href @returns {Promise<unknown>} when it holds */
function wear(href) {
  const link = el("link", { rel: "stylesheet", href });
  const worn = new Promise((done) => ["load", "error"].forEach((type) => link.addEventListener(type, done)));
  document.head.append(link);
  return worn;
}

/** A choice out of those there are; the first where the address says nothing good. @param {URLSearchParams} query @param {keyof ReturnType<typeof CHOICES>} name */
function chosen(query, name) {
  const wanted = query.get(name) ?? "";
  const all = CHOICES()[name];
  return all.some((one) => one === wanted) ? wanted : (all[0] ?? "");
}

/** Sets the root as the page does. @param {URLSearchParams} query @returns {string} the language */
function dress(query) {
  const language = chosen(query, "language");
  const state = initial(language);
  const preferences = { ...state.preferences, theme: chosen(query, "theme"), text: chosen(query, "text") };
  new Appearance().show(/** @type {import("./state.js").State} */ ({ ...state, preferences }), language);
  if (query.has("dir")) document.documentElement.dir = chosen(query, "dir");
  return language;
}

/** @param {URLSearchParams} query @param {Record<string, string | null>} changes @returns {string} an address of this page */
function address(query, changes) {
  const next = new URLSearchParams(query);
  for (const [name, value] of Object.entries(changes)) value === null ? next.delete(name) : next.set(name, value);
  return `examples.html?${next}`;
}

/** @param {URLSearchParams} query */
function switches(query) {
  const groups = Object.entries(CHOICES()).map(([name, values]) =>
    el("ul", { "aria-label": name }, ...values.map((value) =>
      el("li", {}, el("a", { href: address(query, { [name]: value }), text: value,
        "aria-current": (query.get(name) ?? values[0]) === value ? "true" : null })))));
  return el("nav", { "aria-label": "Settings" }, ...groups);
}

/** @param {string[]} components @param {URLSearchParams} query */
function list(components, query) {
  return el("ul", { class: "list" }, ...components.map((component) =>
    el("li", {}, el("a", { href: address(query, { component, example: null }), text: component }))));
}

/** How wide the middle of the page is on a screen of 1280 × 800; the largest text has it for itself. @type {Record<string, number>} */
const MIDDLE = { normal: 814, large: 734, largest: 1240 };

/** @param {string} title @param {Frame} frame */
function framed(title, { width = MIDDLE[document.documentElement.dataset.text ?? ""] ?? 814, height, within = {} }) {
  const box = el("div", { class: "frame" });
  box.style.setProperty("inline-size", `${width}px`);
  if (height) box.style.setProperty("block-size", `${height}px`);
  for (const [name, value] of Object.entries(within)) box.style.setProperty(name, value);
  return { box, section: el("section", { class: "example", "aria-label": title }, el("h2", { lang: "en", dir: "ltr", text: title }), box) };
}

/**
 * @param {string} component
 * @param {URLSearchParams} query
 * @param {string} language
 * @param {Record<string, Translate>} translators
 */
async function show(component, query, language, translators) {
  await import(`./components/${component}/${component}.js`);
  /** @type {{examples: Examples, frame?: Frame, alone?: string[]}} */
  const { examples, frame = {}, alone = [] } = await import(`./components/${component}/${component}.examples.js`);
  const only = query.get("example");
  const main = /** @type {HTMLElement} */ (document.querySelector("main"));
  // Only one dialog can stand at a time, and one group of radio buttons of a name.
  const links = alone.map((example) => el("li", {}, el("a", { href: address(query, { example }), text: example })));
  if (links.length) main.append(el("ul", { class: "list alone", lang: "en", dir: "ltr" }, ...links));
  for (const [title, example] of Object.entries(examples)) {
    if (only ? only !== title : alone.includes(title)) continue;
    const { box, section } = framed(title, frame);
    main.append(section);
    example(new Stage(component, box, language, translators));
  }
}

async function start() {
  const query = new URLSearchParams(location.search);
  const [translators, styles] = await Promise.all([loadTranslators(), stylesOfThePage()]);
  await Promise.all([...styles, "examples.css"].map(wear));
  const components = styles.flatMap((href) => COMPONENT.exec(href)?.[1] ?? []).sort();
  const language = dress(query);
  const component = query.get("component");
  const known = component !== null && components.includes(component);
  document.title = known ? component : "Examples";
  const head = el("header", { lang: "en", dir: "ltr" },
    el("a", { href: address(query, { component: null, example: null }), text: "All components" }),
    el("h1", { text: document.title }), switches(query));
  document.body.prepend(head);
  if (known) await show(component, query, language, translators);
  else {
    const unknown = component === null ? null : el("p", { role: "status", text: `There is no component "${component}". These are there:` });
    document.querySelector("main")?.append(el("div", { lang: "en", dir: "ltr" }, unknown, list(components, query)));
  }
}

try {
  await start();
} finally {
  scrollTo(0, 0); // Some examples take the focus.
  document.body.dataset.ready = "true";
}
