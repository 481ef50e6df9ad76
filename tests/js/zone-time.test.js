import assert from "node:assert/strict";
import { test } from "node:test";
import { clockIn, momentsOf } from "../../static/storymap/js/zone-time.js";

test("an ordinary time is one moment", () => {
  assert.deepEqual(momentsOf("2026-04-22 15:23", "America/Lima"), [Date.UTC(2026, 3, 22, 20, 23)]);
  assert.deepEqual(momentsOf("2026-04-22 15:23", "Asia/Kathmandu"), [Date.UTC(2026, 3, 22, 9, 38)]);
});

test("where the clocks are put forward there is none, where they are put back there are two", () => {
  assert.deepEqual(momentsOf("2026-03-29 02:30", "Europe/Berlin"), []);
  assert.deepEqual(momentsOf("2026-10-25 02:30", "Europe/Berlin"), [Date.UTC(2026, 9, 25, 0, 30), Date.UTC(2026, 9, 25, 1, 30)]);
});

test("what is no time yet says nothing", () => {
  for (const text of [" ", "2026-10-25 ", " 02:30", "2026-13-45 99:99"]) assert.equal(momentsOf(text, "UTC"), null);
});

test("a moment is read on the clocks of the zone", () => {
  assert.equal(clockIn("Europe/Berlin", Date.UTC(2026, 11, 31, 23, 30)), "2027-01-01 00:30");
});
