import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

import { LANGUAGES, langOf, nameOf, translator } from "./i18n.js";

const here = new URL(".", import.meta.url);
const listed = JSON.parse(readFileSync(new URL("locales/languages.json", here), "utf8"));
for (const { code, ...language } of listed) LANGUAGES.set(code, language);
const tables = Object.fromEntries([...LANGUAGES.keys()].map((language) => [language, JSON.parse(readFileSync(new URL(`locales/${language}.json`, here), "utf8"))]));
const keys = (language) => new Set(Object.keys(tables[language]).map((key) => key.split("#")[0]));
const sources = readdirSync(here, { recursive: true })
  .filter((name) => name.endsWith(".js") && !name.endsWith(".test.js"))
  .map((name) => readFileSync(new URL(name, here), "utf8"))
  .join("\n");

test("every file of words is listed, with a tag, a name and a direction", () => {
  const files = readdirSync(new URL("locales/", here)).filter((name) => name !== "languages.json").map((name) => name.replace(".json", ""));
  assert.deepEqual(listed.map(({ code }) => code).sort(), files.sort());
  for (const { code, tag, name, direction } of listed) {
    assert.equal(new Intl.Locale(tag).language, code);
    assert.equal(Intl.getCanonicalLocales(tag)[0], tag);
    assert.ok(name.trim(), code);
    assert.ok(["ltr", "rtl"].includes(direction), code);
  }
});

test("a plural has every form that its language needs, and no other", () => {
  for (const [language, { tag }] of LANGUAGES) {
    const needed = new Intl.PluralRules(tag).resolvedOptions().pluralCategories.toSorted();
    const plurals = Object.keys(tables[language]).filter((key) => key.includes("#")).map((key) => key.split("#"));
    for (const stem of new Set(plurals.map(([name]) => name))) {
      assert.deepEqual(plurals.filter(([name]) => name === stem).map(([, form]) => form).sort(), needed, `${language} ${stem}`);
    }
  }
});

test("a language without words here still has its own name, and its tiles their lang", () => {
  assert.deepEqual(["en", "zh", "fr", "cy"].map(nameOf), ["English", "中文", "Français", "Cymraeg"]);
  assert.equal(nameOf("xx-not-a-tag-at-all"), "xx-not-a-tag-at-all");
  assert.equal(langOf({}, "fr"), "fr");
  assert.equal(langOf({}, "ko"), null, "the page is in Korean then");
  assert.equal(langOf({ language: "zh" }, "fr"), "zh-Hans");
  assert.equal(langOf({ language: null }), null);
});

test("every language has every word", () => {
  for (const language of LANGUAGES.keys()) assert.deepEqual(keys(language), keys("en"), language);
});

test("a sentence has the same gaps in every language", () => {
  const gaps = (text) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
  for (const language of LANGUAGES.keys()) {
    for (const [key, text] of Object.entries(tables[language])) {
      const english = tables.en[key] ?? tables.en[`${key.split("#")[0]}#other`];
      assert.deepEqual(gaps(text), gaps(english), `${language} ${key}`);
    }
  }
});

test("every word is used, and every word used is there", () => {
  const stems = [...sources.matchAll(/\bt\(`(\w+_)\$\{/g)].map((match) => match[1]);
  for (const key of keys("en")) {
    const used = new RegExp(`"${key}"`).test(sources) || stems.some((stem) => key.startsWith(stem));
    assert.ok(used, `"${key}" is not used`);
  }
  for (const [, key] of sources.matchAll(/\bt\("(\w+)"/g)) assert.ok(keys("en").has(key), `"${key}" has no words`);
});

test("plurals follow the language", () => {
  const t = translator("en", tables.en);
  assert.equal(t("metres_away", { count: 1 }), "1 metre from here");
  assert.equal(t("metres_away", { count: 2 }), "2 metres from here");
  assert.equal(translator("ko", tables.ko)("metres_away", { count: 1 }), "여기서 1 m");
  assert.throws(() => t("no_such_word"), /no_such_word/);
});
