import { el } from "../../../kiosk_ui/dom.js";
import { languageName } from "../../content.js";
import { Page } from "../../page.js";
import { mark } from "../../parts/mark.js";
import { steps } from "../../parts/steps.js";
import { table } from "../../parts/work-table.js";
import { lacking } from "../../station/entries.js";
import { stationOf } from "../../station/reading.js";
import { sentence } from "../../station/rule-words.js";
import { localised, named } from "../../words.js";

/** @import { Entry } from "../../station/entries.js" */

/** What is worth a warning, each in one sentence. */
class RulesPage extends Page {
  async open() {
    const { t, may } = this.desk;
    const [draft] = this.place;
    const { element } = await steps(this.desk, draft, "draft", "rules");
    this.replaceChildren(element);
    const { rules, sensors, languages } = await stationOf(this.desk, draft);
    const lacks = (/** @type {Entry} */ { alert }) => {
      const found = [...new Set([alert.event, alert.headline, ...(Object.keys(alert.instruction ?? {}).length ? [alert.instruction] : [])]
        .flatMap((text) => lacking(text, languages)))];
      return found.length ? mark("warn", found.map(languageName).join(", ")) : mark("good", t("nothing_missing"));
    };
    const reach = (/** @type {Entry} */ { alert }) => {
      if (alert.life_safety) return mark("bad", t("reach_everything"), "warning");
      return alert.staff ? mark("quiet", t("reach_staff")) : mark("warn", t("reach_banner"));
    };
    const shown = table({
      caption: t("page_rules"), empty: t("no_rules"), key: (/** @type {Entry} */ { id }) => id,
      columns: [
        { title: t("rule"), head: true, cell: ({ id, alert }) => el("a", { href: `#/rule/${draft}/${encodeURIComponent(id)}`, text: localised(alert.event) || id }) },
        { title: t("rule_says"), cell: (rule) => el("div", {}, el("p", { text: `${sentence(rule, sensors, t)} → ${named(t, "severity", rule.alert.severity)}` }),
          el("p", { class: "hint", text: localised(rule.alert.headline) })) },
        { title: t("rule_reach"), cell: reach },
        { title: t("translation_missing"), cell: lacks },
      ],
    });
    const add = el("p", {}, el("a", { class: "add", href: `#/rule/${draft}`, text: t("new_of_rules") }));
    this.replaceChildren(element, el("p", { text: t("rules_page_text") }), may("editor") ? add : "", shown);
    shown.update(rules);
  }
}
customElements.define("rules-page", RulesPage);
export const page = RulesPage;
