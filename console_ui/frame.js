import { el } from "../kiosk_ui/dom.js";
import { Refused } from "./api.js";
import { signInAgain } from "./entrance/again.js";
import { byCode } from "./entrance/code.js";
import { signIn } from "./entrance/sign-in.js";
import { PAGES, whereOf } from "./pages.js";
import { confirmed } from "./parts/dialogs.js";
import { told } from "./problems.js";
import { reaches } from "./roles.js";

/** @import { Api, Session } from "./api.js" */
/** @import { Desk, Page } from "./page.js" */
/** @import { Words } from "./words.js" */

/** @template {HTMLElement} T @param {string} selector @returns {T} */
const part = (selector) => /** @type {T} */ (document.querySelector(selector));

/** The frame around the pages: who is signed in, where one can go, what was told, and the page itself. */
export class Frame {
  #t;
  #api;
  #header = part("header");
  #nav = part("nav");
  #main = part("main");
  #told = part(".told");
  /** @type {Page | null} */
  #page = null;
  #path = "";
  /** The whole address behind `#/`. */
  #where = "";
  /** @type {Desk} */
  #desk;

  /** @param {Words} t @param {Api} api */
  constructor(t, api) {
    this.#t = t;
    this.#api = api;
    this.#desk = {
      api, t, me: () => /** @type {Session} */ (api.session), may: (role) => reaches(this.#role, role), tell: (text) => this.#tell(text),
      confirm: (question) => confirmed(question, t), renamed: () => this.#drawFrame(),
    };
    api.again = async () => {
      const before = this.#role;
      const signed = await signInAgain(api, t);
      if (this.#role !== before) this.#drawFrame();
      return signed;
    };
  }

  /** Begins with whoever is signed in, or at the door. */
  async start() {
    const skip = part(".skip");
    skip.textContent = this.#t("skip");
    skip.addEventListener("click", () => (this.#main.querySelector("h1") ?? this.#main).focus());
    window.addEventListener("hashchange", () => void this.#go());
    window.addEventListener("beforeunload", (event) => this.#page?.unsaved && event.preventDefault());
    try {
      if (await this.#known()) await this.#enter();
      else await this.#atTheDoor();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.#unable(error);
    }
  }

  async #known() {
    try {
      return Boolean(await this.#api.whoAmI());
    } catch (error) {
      if (error instanceof Refused && error.status === 401) return false;
      throw error;
    }
  }

  get #role() {
    return this.#api.session?.account.role ?? "viewer";
  }

  async #atTheDoor() {
    const { ready } = await this.#api.ask("GET", "start");
    if (ready) this.#showSignIn("");
    else this.#showCode(true);
  }

  /** @param {string} name */
  #showSignIn(name) {
    const options = { t: this.#t, api: this.#api, name, done: () => void this.#enter(), byCode: () => this.#showCode(false) };
    this.#show(signIn(options), this.#t("sign_in"));
    if (name) part("input[type=password]").focus();
  }

  /** @param {boolean} first */
  #showCode(first) {
    const done = (/** @type {string} */ name) => {
      if (name) return void this.#enter();
      this.#showSignIn("");
      this.#tell(this.#t("password_set"));
    };
    const shown = byCode({ t: this.#t, api: this.#api, first, done, back: () => this.#showSignIn("") });
    this.#show(shown, this.#t(first ? "first_title" : "code_title"));
  }

  /** @param {Refused} error */
  #unable(error) {
    const again = el("button", { type: "button", text: this.#t("try_again"), on: { click: () => location.reload() } });
    const title = this.#t("unable");
    this.#show(el("div", { class: "entrance" }, el("h1", { text: title, tabindex: "-1" }), el("p", { text: told(error, this.#t) }), again), title);
  }

  async #enter() {
    this.#path = "";
    this.#where = "";
    this.#main.replaceChildren(); // Nobody signs in twice while the first page comes.
    this.#drawFrame();
    await this.#go();
  }

  async #signOut() {
    if (!(await this.#mayLeave())) return;
    try {
      await this.#api.signOut();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return this.#tell(told(error, this.#t));
    }
    this.#page = null;
    location.replace(location.pathname); // A page that knows nothing of what was shown here.
  }

  #drawFrame() {
    const t = this.#t;
    const { account } = this.#desk.me();
    const here = this.#listed();
    const links = PAGES.filter(({ role, under }) => !under && this.#desk.may(role)).map(({ path, title }) =>
      el("li", {}, el("a", { href: `#/${path}`, text: t(title), "aria-current": path === here ? "page" : null })));
    this.#nav.setAttribute("aria-label", t("pages"));
    this.#nav.replaceChildren(el("ul", {}, ...links));
    this.#nav.hidden = false;
    const out = el("button", { type: "button", class: "out", text: t("sign_out"), on: { click: () => void this.#signOut() } });
    this.#header.replaceChildren(el("p", { class: "name", text: t("console") }),
      el("p", { class: "who", text: t("signed_in_as", { name: account.name, role: t(`role_${account.role}`) }) }), out);
  }

  async #mayLeave() {
    if (!this.#page?.unsaved) return true;
    return this.#desk.confirm({ title: this.#t("unsaved_title"), text: this.#t("unsaved_text"), yes: this.#t("unsaved_leave") });
  }

  async #go() {
    if (!this.#api.session) return;
    const { where, path } = whereOf(location.hash);
    if (where === this.#where) return;
    if (!(await this.#mayLeave())) {
      history.replaceState(null, "", `#/${this.#where}`);
      return;
    }
    this.#path = path;
    this.#where = where;
    const here = this.#listed();
    for (const link of this.#nav.querySelectorAll("a")) {
      if (link.getAttribute("href") === `#/${here}`) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    await this.#open(where);
  }

  /** The page of the list that the present one belongs to. */
  #listed() {
    return PAGES.find(({ path }) => path === this.#path)?.under ?? this.#path;
  }

  /** @param {string} where */
  async #open(where) {
    const { path, place } = whereOf(where);
    const t = this.#t;
    const found = PAGES.find((page) => page.path === path);
    this.#page = null;
    if (!found || !this.#desk.may(found.role)) {
      const text = found ? t("needs_role", { role: t(`role_${found.role}`), own: t(`role_${this.#role}`) }) : t("no_such_page");
      const title = found ? t(found.title) : t("unable");
      return this.#show(el("div", {}, el("h1", { text: title, tabindex: "-1" }), el("p", { text })), title);
    }
    const { page: Kind } = await found.load();
    if (this.#where !== where) return; // Somebody went on meanwhile.
    const page = new Kind();
    page.desk = this.#desk;
    page.place = place;
    this.#page = page;
    this.#show(el("div", {}, el("h1", { text: t(found.title), tabindex: "-1" }), page), t(found.title));
    await page.attempt(() => page.open());
  }

  /** @param {HTMLElement} content @param {string} title */
  #show(content, title) {
    document.title = `${title} – ${this.#t("console")}`;
    this.#main.replaceChildren(content);
    this.#told.textContent = "";
    window.scrollTo(0, 0);
    content.querySelector("h1")?.focus();
  }

  /** @param {string} text */
  #tell(text) {
    this.#told.textContent = "";
    requestAnimationFrame(() => (this.#told.textContent = text)); // What is told twice is read twice.
  }
}
