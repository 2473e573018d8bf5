import { all, check, equal, one, textOf } from "../../examples/bench.js";
import { dust, fire } from "../../examples/station.js";
import { EXERCISE, warned } from "./alert-banner.examples.js";

/** @import { ComponentTests } from "../../examples/bench.js" */

/** @type {ComponentTests} */
export const tests = {
  "one line: the word, the headline, how many more": (stage) => {
    const said = textOf(one(stage.show(warned(false, dust(), EXERCISE)), "[role=status] button")) ?? "";
    for (const words of ["CAUTION", "Much dust in the air", "1 more", "Read"]) check(said.includes(words), `"${said}" lacks ${words}`);
  },
  "the real ones come first": (stage) => equal(stage.show(warned(false, EXERCISE, dust())).dataset.kind, "caution", "the first kind"),
  "no warning, no banner; an alarm is none of its": (stage) => {
    check(!stage.show().checkVisibility(), "an empty banner");
    check(!stage.show(warned(false, fire())).checkVisibility(), "an alarm as a warning");
  },
  "touched, it asks to be read, and read it stands as a dialog with a name": (stage) => {
    stage.hear("reading");
    const part = stage.show(warned(false, dust(), EXERCISE));
    one(part, "[role=status] button").click();
    equal(stage.told, [["reading", true]], "what is told");
    stage.update(part, warned(true, dust(), EXERCISE));
    const dialog = /** @type {HTMLDialogElement} */ (one(part, "dialog"));
    check(dialog.open && dialog.matches(":modal"), "no dialog");
    equal(textOf(document.getElementById(dialog.getAttribute("aria-labelledby") ?? "")), "Warnings", "its name");
    equal(all(dialog, "article").length, 2, "the number of cards");
    stage.update(part, warned(false, dust(), EXERCISE));
    check(!dialog.open, "it is still open");
  },
  "closes by its button and by Escape, and only when the page says so": (stage) => {
    stage.hear("reading");
    const part = stage.show(warned(true, dust()));
    const dialog = /** @type {HTMLDialogElement} */ (one(part, "dialog"));
    const close = one(dialog, "button.close");
    check(close.getAttribute("aria-label") === "Close", "the button has no name");
    close.click();
    dialog.dispatchEvent(new Event("cancel", { cancelable: true }));
    equal(stage.told, [["reading", false], ["reading", false]], "what is told");
    check(dialog.open, "it closed by itself");
  },
  "what is no real emergency says so": (stage) => {
    const cards = all(stage.show(warned(true, dust(), EXERCISE)), "article").map((card) => textOf(card) ?? "");
    equal(cards.map((card) => card.includes("This is not a real emergency.")), [false, true], "where it is said");
    check(cards[1]?.includes("Not a fire detection"), "no disclaimer");
  },
  "says since when nobody vouches for it": (stage) => {
    check(textOf(stage.show({ state: { ...warned(false, dust()).state, staleAt: 0 } }))?.includes("Last known at 08:02"), "no word of it");
  },
  "the same warnings stay": (stage) => stage.staysTheSame(stage.show(warned(false, dust())), warned(false, dust())),
};
