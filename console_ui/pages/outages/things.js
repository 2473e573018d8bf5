import { named } from "../../words.js";

/** @import { Words } from "../../words.js" */
/**
 * @typedef {{id: string, kind: string, name: string, platform: string | null, start: string | null, goal: string | null,
 *   start_level: string | null, goal_level: string | null}} Thing
 */
/**
 * @typedef {{id: string, targets: string[], reason: string, reasons: Record<string, string>, since: string, until: string | null,
 *   origin: "realtime" | "mqtt" | "api", active: boolean}} Outage
 */

/** What is looked at together. @type {Record<string, string[]>} */
export const GROUPS = {
  lifts: ["lift", "escalator", "moving_walkway"],
  ways: ["stairs", "fare_gate", "exit_gate", "walkway"],
  doors: ["entrance", "platform"],
};

/** "Lift, Main hall – Metro hall". @param {Thing} thing @param {Words} t */
export function thingName(thing, t) {
  const { id, kind, name, platform, start, goal } = thing;
  if (kind === "platform" && platform) return t("thing_platform_number", { number: platform });
  const where = start && goal ? `${start} – ${goal}` : name || id;
  return `${named(t, "thing", kind)}, ${where}`;
}

/** What an outage is about, in words; an id that the map does not know stays one. @param {Outage} outage @param {Thing[]} things @param {Words} t */
export function outageName({ targets }, things, t) {
  return targets.map((target) => {
    const thing = things.find(({ id }) => id === target);
    return thing ? thingName(thing, t) : target;
  }).join("; ");
}

/** The outage that holds for a thing, the one of now before one to come. @param {Thing} thing @param {Outage[]} outages */
export function stateOf({ id }, outages) {
  const found = outages.filter(({ targets }) => targets.includes(id));
  return found.find(({ active }) => active) ?? found[0] ?? null;
}
