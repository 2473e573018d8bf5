/** @import { Entry } from "../../station/entries.js" */

/** Places of a kind, or of every one for "", in which the words stand. @param {Entry[]} places @param {string} words @param {string} kind */
export function found(places, words, kind) {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return places.filter((place) => {
    const said = [place.id, ...Object.values(place.name ?? {}), ...(place.aliases ?? [])].join("\n").toLowerCase();
    return (!kind || place.category === kind) && wanted.every((word) => said.includes(word));
  });
}

/** By kind, then by name. @param {Entry[]} places */
export const inOrder = (places) => places.toSorted((one, other) => keyOf(one).localeCompare(keyOf(other)));

/** @param {Entry} place */
const keyOf = ({ category, name, id }) => `${category} ${name?.en ?? id}`;
