import assert from "node:assert/strict";
import { test } from "node:test";
import { coveredBy, stacksOf } from "../../static/storymap/js/stacks.js";

const numbersOf = (stacks) => stacks.map((stack) => stack.map(({ number }) => number));

test("thirty pins at one point are one stack", () => {
  const tips = Array.from({ length: 30 }, (_, n) => ({ number: n + 1, x: 50, y: 60 }));
  assert.deepEqual(numbersOf(stacksOf(tips)), [tips.map(({ number }) => number)]);
});

test("pins stand as one when more than half of one is covered", () => {
  const first = { number: 1, x: 0, y: 0 };
  assert.equal(coveredBy(first, { x: 16, y: 0 }), 0.5);
  assert.deepEqual(numbersOf(stacksOf([first, { number: 2, x: 16, y: 0 }])), [[1], [2]]);
  assert.deepEqual(numbersOf(stacksOf([first, { number: 2, x: 15, y: 0 }])), [[1, 2]]);
  assert.equal(coveredBy(first, { x: 0, y: 40 }), 0);
  assert.equal(coveredBy(first, { x: -40, y: -40 }), 0);
});

test("every pin is in one stack, and the first of each keeps its place", () => {
  const tips = [[0, 0], [100, 0], [10, 0], [18, 0], [101, 1]].map(([x, y], n) => ({ number: n + 1, x, y }));
  assert.deepEqual(numbersOf(stacksOf(tips)), [[1, 3], [2, 5], [4]]);
  assert.deepEqual(stacksOf([]), []);
});
