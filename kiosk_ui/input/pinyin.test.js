import assert from "node:assert/strict";
import { test } from "node:test";

import { candidates, choose, pending } from "./pinyin.js";
import { PHRASES, SYLLABLES } from "./pinyin-table.js";

/** Types letters and always takes the candidate wanted next. */
function write(letters, wanted) {
  let text = letters;
  for (const part of wanted) {
    const candidate = candidates(text).find((one) => one.text === part);
    assert.ok(candidate, `${part} is not offered for ${text}`);
    text = choose(text, candidate);
  }
  return text;
}

test("questions of travellers can be written", () => {
  assert.equal(write("cesuozainali", ["厕所", "在哪里"]), "厕所在哪里");
  assert.equal(write("qujichang", ["去", "机场"]), "去机场");
  assert.equal(write("kongqizenmeyang", ["空气", "怎么样"]), "空气怎么样");
  assert.equal(write("nanshan", ["南", "山"]), "南山");
});

test("a word begun is offered", () => {
  assert.ok(candidates("xish").some(({ text }) => text === "洗手间"));
});

test("the most likely comes first", () => {
  assert.equal(candidates("zhan")[0].text, "站");
  assert.equal(candidates("ditie")[0].text, "地铁");
});

test("what is written stays, and nothing is offered without letters", () => {
  assert.equal(pending("去机场ji"), "ji");
  assert.equal(choose("去ji", { text: "机", letters: 2 }), "去机");
  assert.deepEqual(candidates("去机场"), []);
  assert.deepEqual(candidates(""), []);
});

test("the tables are whole: letters, then characters", () => {
  for (const [reading, characters] of [...SYLLABLES, ...PHRASES]) {
    assert.match(reading, /^[a-z]+$/);
    assert.match(characters, /^\p{Script=Han}+$/u);
  }
});
