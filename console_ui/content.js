/** Names of topics, questions and replies, and languages, as people say them. */

/** "smalltalk_greet" of the topic "smalltalk" → "Greet". @param {string} name @param {string} [topic] */
export function spoken(name, topic = "") {
  let rest = name.replace(/^utter_/, "");
  if (topic && rest.startsWith(`${topic}_`)) rest = rest.slice(topic.length + 1);
  const said = rest.replaceAll("_", " ").trim();
  return said ? said[0].toUpperCase() + said.slice(1) : name;
}

/** "ko" → "Korean". @param {string} code */
export function languageName(code) {
  try {
    return new Intl.DisplayNames(["en"], { type: "language" }).of(code) ?? code;
  } catch {
    return code;
  }
}
