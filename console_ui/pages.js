/** @import { Role } from "./roles.js" */
/** @import { Page } from "./page.js" */

/**
 * Every page: where it is, the least role that sees it, its title, and its folder. A page is one folder below `pages/` and one line here.
 * One that is `under` another is not in the list on the left, and says what it is about behind its path: `#/draft/<id>`.
 * @type {{path: string, role: Role, title: string, under?: string, load: () => Promise<{page: new () => Page}>}[]}
 */
export const PAGES = [
  { path: "overview", role: "viewer", title: "page_overview", load: () => import("./pages/overview/overview.js") },
  { path: "reports", role: "viewer", title: "page_reports", load: () => import("./pages/reports/reports.js") },
  { path: "unanswered", role: "viewer", title: "page_unanswered", load: () => import("./pages/unanswered/unanswered.js") },
  { path: "outages", role: "viewer", title: "page_outages", load: () => import("./pages/outages/outages.js") },
  { path: "notices", role: "viewer", title: "page_notices", load: () => import("./pages/notices/notices.js") },
  { path: "feed", role: "viewer", title: "page_feed", load: () => import("./pages/feed/feed.js") },
  { path: "drafts", role: "viewer", title: "page_drafts", load: () => import("./pages/drafts/drafts.js") },
  { path: "draft", role: "viewer", title: "page_draft", under: "drafts", load: () => import("./pages/draft/draft.js") },
  { path: "topic", role: "viewer", title: "page_topic", under: "drafts", load: () => import("./pages/topic/topic.js") },
  { path: "names", role: "viewer", title: "page_names", under: "drafts", load: () => import("./pages/names/names.js") },
  { path: "places", role: "viewer", title: "page_places", under: "drafts", load: () => import("./pages/places/places.js") },
  { path: "place", role: "viewer", title: "page_place", under: "drafts", load: () => import("./pages/place/place.js") },
  { path: "facts", role: "viewer", title: "page_facts", under: "drafts", load: () => import("./pages/facts/facts.js") },
  { path: "rules", role: "viewer", title: "page_rules", under: "drafts", load: () => import("./pages/rules/rules.js") },
  { path: "rule", role: "viewer", title: "page_rule", under: "drafts", load: () => import("./pages/rule/rule.js") },
  { path: "sensors", role: "viewer", title: "page_sensors", under: "drafts", load: () => import("./pages/sensors/sensors.js") },
  { path: "sensor", role: "viewer", title: "page_sensor", under: "drafts", load: () => import("./pages/sensor/sensor.js") },
  { path: "languages", role: "viewer", title: "page_languages", under: "drafts", load: () => import("./pages/languages/languages.js") },
  { path: "checks", role: "viewer", title: "page_checks", under: "drafts", load: () => import("./pages/checks/checks.js") },
  { path: "try", role: "editor", title: "page_try", under: "drafts", load: () => import("./pages/try/try.js") },
  { path: "proof", role: "viewer", title: "page_proof", under: "drafts", load: () => import("./pages/proof/proof.js") },
  { path: "publish", role: "viewer", title: "page_publish", under: "drafts", load: () => import("./pages/publish/publish.js") },
  { path: "releases", role: "viewer", title: "page_releases", load: () => import("./pages/releases/releases.js") },
  { path: "privacy", role: "viewer", title: "page_privacy", load: () => import("./pages/privacy/privacy.js") },
  { path: "people", role: "admin", title: "page_people", load: () => import("./pages/people/people.js") },
  { path: "tokens", role: "admin", title: "page_tokens", load: () => import("./pages/tokens/tokens.js") },
  { path: "audit", role: "admin", title: "page_audit", load: () => import("./pages/audit/audit.js") },
  { path: "password", role: "viewer", title: "page_password", load: () => import("./pages/password/password.js") },
];

/**
 * What an address says: the whole of it, the page's path, and what the page is about.
 * @param {string} hash  as `#/topic/0123456789ab/smalltalk`
 */
export function whereOf(hash) {
  const where = hash.replace(/^#?\/?/, "") || PAGES[0].path;
  const [path, ...place] = where.split("/");
  return { where, path, place: place.filter(Boolean).map(plain) };
}

/** @param {string} part */
function plain(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
