import assert from "node:assert/strict";
import { test } from "node:test";
import { reachOf, tidy } from "../../static/storymap/js/pin-memory.js";

test("a click is as precise as the hand at that zoom, and has no more digits", () => {
  assert.deepEqual([39136, 76.4, 0.6].map(reachOf), [400000, 800, 10]);
  assert.deepEqual(tidy([-12.0913876, -77.0494321], 39136), [-12.1, -77]);
  assert.deepEqual(tidy([-12.0913876, -77.0494321], 76.4), [-12.0914, -77.0494]);
  assert.deepEqual(tidy([-12.0913876, -77.0494321], 76.4, [-12.0520001, -77.0494321]), [-12.0914, -77.0494321]);
  assert.deepEqual(tidy([-12.0913876, -77.0494321]), [-12.091388, -77.049432]);
});
