/** @import { Role } from "./roles.js" */
/** @typedef {{id: string, name: string, role: Role, active: boolean, ready: boolean, made_at: string}} Account */
/** @typedef {{account: Account, csrf: string, ends_at: string}} Session */

const LIMIT_MS = 30_000;
/** Refusals that are about what was typed, not about the session. */
const NOT_THE_SESSION = ["sign-in-refused", "password-refused", "code-refused"];

/** What the console refused, by its problem document; `code` is "unreachable" where there was no answer. */
export class Refused extends Error {
  /**
   * @param {number} status @param {string} code @param {string} [detail] @param {{where: string, type: string}[]} [errors] @param {number} [waitS]
   * @param {Record<string, any>} [problem]
   */
  constructor(status, code, detail = "", errors = [], waitS = 0, problem = {}) {
    super(detail || code);
    Object.assign(this, { status, code, detail, errors, waitS, problem });
  }

  status = 0;
  code = "";
  detail = "";
  /** Where the input is wrong. @type {{where: string, type: string}[]} */
  errors = [];
  /** Seconds until it is worth another try. */
  waitS = 0;
  /** All that the document says. @type {Record<string, any>} */
  problem = {};
}

/** Asks the console's calls. The session is a cookie that no script sees; what changes have to show stays in memory. */
export class Api {
  /** Who is signed in. @type {Session | null} */
  session = null;
  /** Lets the same person sign in again; false where that was not to be. @type {() => Promise<boolean>} */
  again = async () => false;
  /** @type {Promise<boolean> | null} */
  #signing = null;
  #fetch;

  /** @param {typeof fetch} fetch */
  constructor(fetch) {
    this.#fetch = fetch;
  }

  /**
   * A call's answer; null where it has none. A session that has ended is begun anew by the same person, and the call is made once more.
   * @param {"GET" | "POST" | "PUT" | "PATCH" | "DELETE"} method
   * @param {string} path  below `/console/api/`
   * @param {unknown} [body]
   * @param {Record<string, string>} [headers]
   * @returns {Promise<any>}
   */
  async ask(method, path, body, headers) {
    const who = this.session?.account.id;
    try {
      return await this.#once(method, path, body, headers);
    } catch (error) {
      if (!(error instanceof Refused) || !who || !(await this.#mended(error, who))) throw error;
      return this.#once(method, path, body);
    }
  }

  /**
   * Sends a file as it is, and tells how much of it has gone; as patient as the file is long.
   * @param {string} path @param {Blob} file @param {(share: number) => void} progress  0 to 1 @returns {Promise<any>}
   */
  async send(path, file, progress) {
    const who = this.session?.account.id;
    try {
      return await this.#sent(path, file, progress);
    } catch (error) {
      if (!(error instanceof Refused) || !who || !(await this.#mended(error, who))) throw error;
      return this.#sent(path, file, progress);
    }
  }

  /** @param {string} path @param {Blob} file @param {(share: number) => void} progress @returns {Promise<any>} */
  #sent(path, file, progress) {
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest(); // fetch tells nothing of what has gone
      request.open("POST", `api/${path}`);
      request.responseType = "json";
      request.setRequestHeader("content-type", "application/zip");
      if (this.session) request.setRequestHeader("x-csrf-token", this.session.csrf);
      request.upload.addEventListener("progress", ({ loaded, total }) => progress(total ? loaded / total : 0));
      request.addEventListener("error", () => reject(new Refused(0, "unreachable")));
      request.addEventListener("load", () => {
        const body = request.response ?? {};
        if (request.status < 300) resolve(body);
        else reject(new Refused(request.status, body.code ?? "unknown", body.detail ?? "", body.errors ?? [], 0, body));
      });
      request.send(file);
    });
  }

  /** Signs in. @param {string} name @param {string} password @returns {Promise<Session>} */
  async signIn(name, password) {
    this.session = await this.#once("POST", "session", { name, password });
    return /** @type {Session} */ (this.session);
  }

  /** Who the browser's session is of. @returns {Promise<Session>} */
  async whoAmI() {
    this.session = await this.#once("GET", "session");
    return /** @type {Session} */ (this.session);
  }

  /** The session ends on the machine; one that has ended already is no mistake. */
  async signOut() {
    await this.#once("DELETE", "session").catch((error) => {
      if (!(error instanceof Refused) || error.status !== 401) throw error;
    });
    this.session = null;
  }

  /** Whether the call is worth a second try. @param {Refused} error @param {string} who */
  async #mended(error, who) {
    if (error.status === 401 && !NOT_THE_SESSION.includes(error.code)) {
      this.#signing ??= this.again().finally(() => (this.#signing = null));
      return this.#signing;
    }
    if (error.code !== "wrong-csrf") return false;
    const { account } = await this.whoAmI(); // The session was renewed by another window.
    if (account.id !== who) throw new Refused(403, "someone-else");
    return true;
  }

  /** @param {string} method @param {string} path @param {unknown} [body] @param {Record<string, string>} [more] */
  async #once(method, path, body, more) {
    const headers = /** @type {Record<string, string>} */ ({ accept: "application/json", ...more });
    if (body !== undefined) headers["content-type"] = "application/json";
    if (method !== "GET" && this.session) headers["x-csrf-token"] = this.session.csrf;
    const sent = { method, headers, body: body === undefined ? null : JSON.stringify(body), signal: AbortSignal.timeout(LIMIT_MS) };
    let response;
    try {
      response = await this.#fetch(`api/${path}`, { ...sent, credentials: "same-origin", cache: "no-store", redirect: "error" });
      if (response.ok) return response.status === 204 ? null : await response.json();
    } catch {
      throw new Refused(0, "unreachable");
    }
    const problem = await response.json().catch(() => ({}));
    const wait = Number(response.headers.get("retry-after"));
    const waitS = Number.isFinite(wait) ? wait : 0;
    throw new Refused(response.status, problem.code ?? "unknown", problem.detail ?? "", problem.errors ?? [], waitS, problem);
  }
}
