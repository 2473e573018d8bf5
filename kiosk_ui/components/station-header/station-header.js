import { Part, el } from "../../dom.js";
import { icon } from "../../icons.js";
import { clockFace, dayOf, longDate, wallClock } from "../../station-clock.js";
import { limit } from "../../state.js";

/** @import { View } from "../../dom.js" */

/** The station's name, its clock, the light of the microphone, and what does not work now. */
class StationHeader extends Part {
  #name = el("h1", { class: "name" });
  #date = el("p", { class: "date" });
  #clock = el("p", { class: "clock" });
  #lightText = el("span");
  #light = el("p", { class: "light", hidden: true }, el("span", { class: "lamp" }), this.#lightText);
  #notices = el("div", { class: "notices", role: "status" });

  connectedCallback() {
    this.setAttribute("role", "banner");
    const title = el("div", { class: "title" }, this.#name, this.#date);
    this.append(el("div", { class: "bar" }, title, this.#light, this.#clock), this.#notices);
  }

  /** @param {View & {microphone: boolean}} view */
  update({ state, t, tag, at, microphone }) {
    const wall = state.clock ? wallClock(state.clock, at) : null;
    const name = state.station || t("title");
    this.when("name", name, () => (this.#name.textContent = name));
    this.when("date", [wall && dayOf(wall), tag], () => (this.#date.textContent = wall ? longDate(wall, tag) : ""));
    this.when("clock", [wall && clockFace(wall)], () => (this.#clock.textContent = wall ? clockFace(wall) : ""));
    this.#light.hidden = !microphone;
    this.when("light", tag, () => (this.#lightText.textContent = t("microphone_on")));
    const lacking = limit(state);
    const notices = state.phase === "idle" ? state.notices : [];
    const sentences = [lacking && t(`limit_${lacking}`), state.notice, ...notices].filter((sentence) => sentence !== null);
    this.when("notices", sentences, () => {
      this.#notices.replaceChildren(...sentences.map((text) => el("p", {}, icon("info"), el("span", { text }))));
    });
  }
}

customElements.define("station-header", StationHeader);
