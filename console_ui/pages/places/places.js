import { el } from "../../../kiosk_ui/dom.js";
import { languageName, spoken } from "../../content.js";
import { select, text } from "../../forms/fields.js";
import { Page } from "../../page.js";
import { mark } from "../../parts/mark.js";
import { steps } from "../../parts/steps.js";
import { table } from "../../parts/work-table.js";
import { lacking } from "../../station/entries.js";
import { stationOf } from "../../station/reading.js";
import { localised } from "../../words.js";
import { found, inOrder } from "./search.js";

/** @import { Entry } from "../../station/entries.js" */

/** Places and opening hours of a draft, by kind, with what is missing. */
class PlacesPage extends Page {
  async open() {
    const { t, may } = this.desk;
    const [draft] = this.place;
    const { element } = await steps(this.desk, draft, "draft", "places");
    this.replaceChildren(element);
    const { places, languages, choices } = await stationOf(this.desk, draft);
    const kinds = [...new Set(places.map(({ category }) => category))].sort();
    const search = text({ name: "search", label: t("search_place"), type: "search" });
    const kind = select({ name: "kind", label: t("place_kind"), options: [["", t("all_kinds")], ...kinds.map((each) => /** @type {[string, string]} */ ([each, spoken(each)]))] });
    const levels = new Map(choices.levels.map(({ id, name }) => [id, localised(name)]));
    const shown = this.#table(draft, languages, levels);
    const counted = el("p", { class: "hint", role: "status" });
    const look = () => {
      const rows = inOrder(found(places, search.value(), kind.value()));
      shown.update(rows);
      counted.textContent = t("places_found", { count: rows.length });
    };
    const filter = el("div", { class: "filter", on: { input: look } }, search.element, kind.element);
    const add = el("p", {}, el("a", { class: "add", href: `#/place/${draft}`, text: t("new_of_places") }));
    this.replaceChildren(element, el("p", { text: t("places_text") }), may("editor") ? add : "", filter, counted, shown);
    look();
  }

  /** @param {string} draft @param {string[]} languages @param {Map<string, string>} levels */
  #table(draft, languages, levels) {
    const { t } = this.desk;
    const missing = (/** @type {Entry} */ { name, where }) => {
      const lacks = [...new Set([...lacking(name, languages), ...lacking(where, languages)])];
      return lacks.length ? mark("warn", lacks.map(languageName).join(", ")) : mark("good", t("nothing_missing"));
    };
    return table({
      caption: t("page_places"), empty: t("no_places"), key: (/** @type {Entry} */ { id }) => id,
      columns: [
        { title: t("place_kind"), cell: ({ category }) => spoken(category) },
        { title: t("place_name"), head: true, cell: ({ id, name }) => el("a", { href: `#/place/${draft}/${encodeURIComponent(id)}`, text: localised(name) || id }) },
        { title: t("place_level"), cell: ({ level }) => (level ? levels.get(level) ?? level : "") },
        { title: t("place_hours"), cell: ({ hours }) => (hours ? hours.replaceAll("-", "–").replaceAll(",", ", ") : mark("warn", t("hours_not_known"))) },
        { title: t("translation_missing"), cell: missing },
      ],
    });
  }
}
customElements.define("places-page", PlacesPage);
export const page = PlacesPage;
