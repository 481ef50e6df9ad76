import assert from "node:assert/strict";
import { test } from "node:test";
import { FINGER, gathered, lanesOf, namesIn } from "../../static/storymap/js/time-layout.js";

const marksIn = (from, until, count = 1) => Array.from({ length: count }, () => ({ from, until }));
const counts = (spots) => spots.map(({ marks }) => marks.length);

test("the events of a day stand side by side where it has room, and are one mark where it has none", () => {
  const roomy = gathered(marksIn(0, 240, 10), 240);
  assert.deepEqual(counts(roomy), Array(10).fill(1));
  assert.deepEqual(roomy.map(({ x }) => x), roomy.map((_, n) => 12 + 24 * n));
  assert.deepEqual(counts(gathered(marksIn(0, 239, 10), 239)), [10]);
});

test("no mark is closer to the next than a finger, and none is lost", () => {
  for (let width = 40; width < 800; width += 23) {
    const marks = Array.from({ length: 40 }, (_, n) => {
      const from = ((n * n * 37) % 100) / 100 * width;
      return { from, until: Math.min(width, from + ((n * 13) % 30) / 100 * width) };
    });
    const spots = gathered(marks, width);
    assert.equal(counts(spots).reduce((sum, count) => sum + count, 0), marks.length);
    spots.slice(1).forEach((spot, n) => assert.ok(spot.x - spots[n].x >= FINGER - 0.1, `${width}`));
    assert.ok(spots[0].x >= FINGER / 2 && spots.at(-1).x <= width - FINGER / 2 + 0.1);
  }
});

test("what lasts longer steps aside for a day, along its own time", () => {
  const [day, month] = [{ from: 140, until: 160 }, { from: 100, until: 200 }];
  assert.deepEqual(gathered([day, month], 300).map(({ x }) => x), [126, 150]);
  assert.deepEqual(counts(gathered([day, { from: 141, until: 159 }], 300)), [2]);
});

test("marks at the edges stay on the strip", () => {
  assert.deepEqual(gathered([{ from: 0, until: 2 }, { from: 299, until: 300 }], 300).map(({ x }) => x), [12, 288]);
  assert.deepEqual(gathered([], 300), []);
});

test("bars that overlap take lanes of their own, as long as there are some", () => {
  const bars = [[0, 100], [50, 80], [90, 120], [95, 99], [96, 97]].map(([from, until]) => ({ from, until }));
  assert.deepEqual(lanesOf(bars, 3), [0, 1, 1, 2, 2]);
});

test("names that would meet are left out, and those at the edges stay inside", () => {
  const names = [0, 30, 60, 300].map((x) => ({ x, width: 40 }));
  assert.deepEqual(namesIn(names, 300), [0, null, null, 260]);
  assert.deepEqual(namesIn(names.slice(0, 3), 300), [0, null, null]);
  assert.deepEqual(namesIn([{ x: 0, width: 40 }, { x: 68, width: 40 }], 300), [0, 48]);
});
