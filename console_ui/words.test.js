import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

import { localised, named, words } from "./words.js";

const here = new URL(".", import.meta.url);
const text = readFileSync(new URL("locales/en.json", here), "utf8");
const table = JSON.parse(text);
const keys = new Set(Object.keys(table).map((key) => key.split("#")[0]));
const sources = readdirSync(here, { recursive: true })
  .filter((name) => name.endsWith(".js") && !name.endsWith(".test.js"))
  .map((name) => readFileSync(new URL(name, here), "utf8"))
  .join("\n");
const t = words(table);

test("every word used is there, and every word is used", () => {
  for (const [, key] of sources.matchAll(/\bt\("(\w+)"/g)) assert.ok(keys.has(key), `"${key}" has no words`);
  for (const [, key] of sources.matchAll(/title: "(page_\w+)"/g)) assert.ok(keys.has(key), `"${key}" has no words`);
  const stems = [...sources.matchAll(/(?:\bt\(|key of \[)`(\w+_)\$\{/g), ...sources.matchAll(/\bnamed\(t, "(\w+)"/g)].map((match) => match[1].replace(/_?$/, "_"));
  assert.ok(stems.length > 10);
  for (const key of keys) assert.ok(new RegExp(`"${key}"`).test(sources) || stems.some((stem) => key.startsWith(stem)), `"${key}" is not used`);
});

test("no key stands twice, and a plural has every form", () => {
  const lines = [...text.matchAll(/^ {2}"([\w#]+)":/gm)].map(([, key]) => key);
  assert.equal(lines.length, Object.keys(table).length);
  for (const key of Object.keys(table).filter((name) => name.includes("#"))) {
    const stem = key.split("#")[0];
    assert.ok(`${stem}#one` in table && `${stem}#other` in table, stem);
  }
});

test("the words are plain", () => {
  for (const [key, said] of Object.entries(table)) assert.doesNotMatch(said, /\b(API|JSON|YAML|CSRF|Rasa|HTTP|NLU|intent|session id)\b/, key);
});

test("a value without words is shown as it came", () => {
  assert.equal(named(t, "part", "speech"), "Hearing and speaking");
  assert.equal(named(t, "audit", "account.made"), "Added somebody");
  assert.equal(named(t, "audit", "unheard.of"), "unheard.of");
  assert.equal(named(t, "trouble", "unheard-of", ""), "");
});

test("a text of the station is shown in English, else in its first language", () => {
  assert.equal(localised({ ko: "연기", en: "Smoke" }), "Smoke");
  assert.equal(localised({ ko: "연기" }), "연기");
  assert.equal(localised({}), "");
});
