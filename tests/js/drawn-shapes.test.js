import assert from "node:assert/strict";
import test from "node:test";
import { headingOf } from "../../static/storymap/js/drawn-shapes.js";

test("an arrow stands beyond the middle of a leg and points along it", () => {
  const east = headingOf([[0, 0], [10, 0]]);
  assert.ok(Math.abs(east.degrees) < 1e-9 && Math.abs(east.lng - 6.6) < 1e-9);
  assert.ok(Math.abs(headingOf([[0, 0], [0, 10]]).degrees - -90) < 1e-9, "north is up");
  assert.ok(Math.abs(Math.abs(headingOf([[10, 0], [0, 0]]).degrees) - 180) < 1e-9, "west is left");
  const long = headingOf([[0, 0], [1, 0], [2, 0], [3, 0], [4, -1]]);
  assert.deepEqual([long.lng, long.degrees > 0], [3, true]);
});
