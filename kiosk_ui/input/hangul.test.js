import assert from "node:assert/strict";
import { test } from "node:test";

import { erase, type } from "./hangul.js";

/** @param {string} letters */
const typed = (letters) => [...letters].reduce((text, letter) => type(text, letter), "");

const WORDS = [
  ["ㄱㅗㅇㅎㅏㅇ", "공항"], ["ㄷㅏㅇㅡㅁ", "다음"], ["ㅎㅗㅏㅈㅏㅇㅅㅣㄹ", "화장실"], ["ㅇㅓㄷㅣㅇㅖㅇㅛ", "어디예요"],
  ["ㄱㅏㅂㅅ", "값"], ["ㄱㅏㅂㅅㅣ", "갑시"], ["ㅇㅓㅂㅅㅇㅓ", "없어"], ["ㄷㅏㄹㄱ", "닭"], ["ㄷㅏㄹㄱㅣ", "달기"], ["ㅇㅢㅅㅏ", "의사"],
  ["ㅇㅡㅣㅅㅏ", "의사"], ["ㄲㅗㅊ", "꽃"], ["ㅇㅝㄴ", "원"], ["ㅇㅜㅓㄴ", "원"], ["ㅋㅋ", "ㅋㅋ"], ["ㅏㅏ", "ㅏㅏ"], ["ㄱㅏㄸㅏ", "가따"],
];

test("letters become syllables", () => {
  for (const [letters, word] of WORDS) assert.equal(typed(letters), word);
});

test("every word can be taken back letter by letter to nothing", () => {
  for (const [, word] of WORDS) {
    let text = word;
    for (let i = 0; i < 12; i++) {
      const shorter = erase(text);
      assert.ok(!text || shorter !== text, word);
      text = shorter;
    }
    assert.equal(text, "", word);
  }
});

test("a letter taken back leaves the word as it was before", () => {
  assert.equal(erase("값"), "갑");
  assert.equal(erase("화"), "호");
  assert.equal(erase("호"), "ㅎ");
  assert.equal(erase("bus"), "bu");
});

test("other characters are left alone", () => {
  assert.equal(type("3", "ㅂ"), "3ㅂ");
  assert.equal(type("공항 ", "ㄱ"), "공항 ㄱ");
});
