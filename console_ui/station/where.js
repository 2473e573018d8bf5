const LISTS = ["places", "rules", "sensors"];
const PAGES = [...LISTS, "facts", "languages"];

/**
 * The page on which a part of a station file is edited; null for a part that has none.
 * @param {string} part  as "places.cafe.hours", "places.cafe", "rules[2].above" or "facts" @param {string} draft
 */
export function pageOf(part, draft) {
  const [, section, id] = /^([a-z]+)(?:\.([^.]+))?/.exec(part) ?? [];
  if (!PAGES.includes(section)) return null;
  return LISTS.includes(section) && id ? `#/${section.slice(0, -1)}/${draft}/${encodeURIComponent(id)}` : `#/${section}/${draft}`;
}
