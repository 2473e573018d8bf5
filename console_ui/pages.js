/** @import { Role } from "./roles.js" */
/** @import { Page } from "./page.js" */

/**
 * Every page: where it is, the least role that sees it, its title, and its folder. A page is one folder below `pages/` and one line here.
 * @type {{path: string, role: Role, title: string, load: () => Promise<{page: new () => Page}>}[]}
 */
export const PAGES = [
  { path: "overview", role: "viewer", title: "page_overview", load: () => import("./pages/overview/overview.js") },
  { path: "reports", role: "viewer", title: "page_reports", load: () => import("./pages/reports/reports.js") },
  { path: "people", role: "admin", title: "page_people", load: () => import("./pages/people/people.js") },
  { path: "tokens", role: "admin", title: "page_tokens", load: () => import("./pages/tokens/tokens.js") },
  { path: "audit", role: "admin", title: "page_audit", load: () => import("./pages/audit/audit.js") },
  { path: "password", role: "viewer", title: "page_password", load: () => import("./pages/password/password.js") },
];

/** The path in an address, as `#/people`; the first page's where there is none. @param {string} hash */
export const pathOf = (hash) => hash.replace(/^#\/?/, "").split("/")[0] || PAGES[0].path;
