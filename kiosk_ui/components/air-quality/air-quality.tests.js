import { all, check, equal, one, textOf } from "../../examples/bench.js";
import { air } from "../../examples/station.js";
import { DAY, compact } from "./air-quality.examples.js";

/** @import { ComponentTests } from "../../examples/bench.js" */

/** @type {ComponentTests} */
export const tests = {
  "says the band, the index and whose it is": (stage) => {
    const said = textOf(stage.show({ data: [air("en")] })) ?? "";
    for (const words of ["Good", "42", "US EPA AQI, equivalent", "Measured at 08:02"]) check(said.includes(words), `"${words}" is missing`);
  },
  "an index that is none of a norm's equivalents says no such thing": (stage) => {
    check(!textOf(stage.show({ data: [air("en", { equivalent: false })] }))?.includes("equivalent"), "it says so");
  },
  "the present band is marked by shape, and only that": (stage) => {
    const marked = all(stage.show({ data: [air("en", { band: 3 })] }), ".band").map((band) => band.classList.contains("here"));
    equal(marked, [false, false, true, false, false, false], "what is marked");
  },
  "a silent sensor has no figure": (stage) => {
    const figures = all(stage.show({ data: [air("en")] }), "dd").map(textOf);
    equal(figures, ["8.4 µg/m³", "612 ppm", "11.3 µg/m³", "no reading"], "the figures");
  },
  "zero is a reading": (stage) => {
    const sensor = { area: "Hall", quantity: "temperature", label: "Temperature", value: 0, unit: "°C", silent: false };
    equal(all(stage.show({ data: [air("en", { sensors: [sensor] })] }), "dd").map(textOf), ["0 °C"], "the figures");
  },
  "sensors stand by area": (stage) => equal(all(stage.show({ data: [air("en")] }), "h3").map(textOf), ["Main hall", "Platforms 1–4"], "the areas"),
  "its last 24 hours as a picture with a sentence: the best and the worst": (stage) => {
    const part = stage.show({ data: [air("en", { day: DAY })] });
    const sentence = one(part, "svg[role=img]").getAttribute("aria-label") ?? "";
    for (const words of ["15", "04:00", "74", "18:00"]) check(sentence.includes(words), `"${sentence}" lacks ${words}`);
    equal(all(part, "svg[role=img] path").length, 24, "the number of hours");
    check(!sentence.match(/null|NaN/), `"${sentence}"`);
  },
  "a day without a reading has no picture, and one line has none": (stage) => {
    const silent = DAY.map((hour) => ({ ...hour, value: null, band: null }));
    for (const day of [silent, []]) equal(all(stage.show({ data: [air("en", { day })] }), "svg[role=img]").length, 0, "the number of pictures");
    equal(all(compact(stage, { day: DAY }), "svg[role=img]").length, 0, "the number of pictures in one line");
  },
  "no index: no figure, the words remain": (stage) => {
    const said = textOf(stage.show({ data: [air("en", { index: null, band: null, category: null, label: "Not enough readings" })] }));
    check(said?.includes("Not enough readings") && !said.includes("null"), `"${said}"`);
  },
  "on the idle screen one line, without sensors": (stage) => equal(all(compact(stage), "dd").length, 0, "the number of figures"),
  "the same air stays": (stage) => stage.staysTheSame(stage.show({ data: [air("en")] }), { data: [air("en")] }),
};
