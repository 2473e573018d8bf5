import assert from "node:assert/strict";
import { test } from "node:test";

import { read, write, wrong } from "./hours.js";

const DAY = [{ from: "06:00", to: "22:00" }];
const week = (day, weekend = day) => [day, day, day, day, day, weekend, weekend];

test("a week is read and written", () => {
  for (const text of [
    "24/7", "Mo-Su 04:30-01:30", "Mo-Su 06:00-24:00", "Mo-Fr 05:30-21:00; Sa,Su 07:00-20:00", "Mo-Fr 08:00-12:30,13:30-18:00; Sa 09:00-13:00",
    "Tu-Su 11:30-14:30,17:30-22:30", "Mo,We,Fr 08:00-12:00", "Mo-Sa 00:00-24:00", "Mo-Fr 07:00-20:00; Sa 08:00-18:00; Su 10:00-16:00", "Mo-Su off",
    "Mo,Tu,Th-Su 09:00-10:00", "Fr 18:00-22:00,23:00-02:00",
  ]) assert.equal(write(read(text) ?? []), text);
});

test("other ways to say the same are read", () => {
  assert.deepEqual(read("06:00-22:00"), week(DAY));
  assert.deepEqual(read("Mo-Su 06:00-22:00; Sa,Su off"), week(DAY, "closed"));
  assert.deepEqual(read("Sa-Su closed;Mo - Fr 06:00-22:00".replace("Mo - Fr", "Mo-Fr")), week(DAY, "closed"));
  assert.deepEqual(read("Mo-Fr 24/7"), week("open", "closed"));
  assert.deepEqual(read("Sa-Mo 06:00-22:00")?.map((day) => day !== "closed"), [true, false, false, false, false, true, true]);
  assert.deepEqual(read("Mo-Su 06:00-24:00")?.[0], [{ from: "06:00", to: "00:00" }]);
});

test("what a table cannot show is left as it is", () => {
  for (const text of [
    "", "PH off", "Mo-Fr 08:00-18:00; PH off", "Apr-Oct Mo-Su 08:00-20:00", "Mo-Fr 06:00+", "sunrise-sunset", "Mo-Fr 08:00-10:00,11:00-12:00,13:00-14:00",
    'Mo-Fr 08:00-18:00 "by appointment"', "Mo[1] 08:00-12:00", "Mo-Fr 08:00-12:00, Sa 10:00-12:00", "Mo-Su 20:00-26:00", "Mo-Fr", "Mo-We-Fr 08:00-12:00",
    "Mo 08:00-08:00", "Mo 25:00-26:00", "Mo 08:00-12:00,11:00-13:00", "rubbish", "2026 Dec 24 off", "Mo-Fr 08:00-18:00 || Sa 08:00-12:00",
  ]) assert.equal(read(text), null, text);
});

test("what is wrong in a week is found, with its day", () => {
  assert.equal(wrong(week("closed", DAY)), null);
  assert.equal(wrong(week([{ from: "22:00", to: "02:00" }])), null);
  assert.deepEqual(wrong(week(DAY, [{ from: "08:00", to: "" }])), { day: 5, fault: "time" });
  assert.deepEqual(wrong(week([{ from: "8", to: "9" }])), { day: 0, fault: "time" });
  assert.deepEqual(wrong(week([{ from: "08:00", to: "08:00" }])), { day: 0, fault: "empty" });
  assert.deepEqual(wrong(week([{ from: "08:00", to: "12:00" }, { from: "11:00", to: "13:00" }])), { day: 0, fault: "break" });
  assert.deepEqual(wrong(week([{ from: "08:00", to: "02:00" }, { from: "11:00", to: "13:00" }])), { day: 0, fault: "break" });
  assert.deepEqual(wrong(week([{ from: "08:00", to: "12:00" }, { from: "13:00", to: "09:00" }])), { day: 0, fault: "break" });
});
