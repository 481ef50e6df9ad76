import assert from "node:assert/strict";
import { test } from "node:test";
import { filledIn, refusalOf } from "../../static/storymap/js/file-checks.js";
import { partAt, pointTyped, steppedPoint } from "../../static/storymap/js/focus-point.js";

test("a click becomes a part of the picture, and stays on it", () => {
  const box = { left: 100, top: 50, width: 400, height: 200 };
  assert.deepEqual(partAt(box, 200, 200), [0.25, 0.75]);
  assert.deepEqual(partAt(box, 90, 260), [0, 1]);
});

test("arrows move the point by a hundredth, far ones by a tenth, from the middle when there is none", () => {
  assert.deepEqual(steppedPoint([0.3, 0.3], "ArrowRight", false), [0.31, 0.3]);
  assert.deepEqual(steppedPoint([0.3, 0.3], "ArrowUp", true), [0.3, 0.2]);
  assert.deepEqual(steppedPoint(null, "ArrowDown", false), [0.5, 0.51]);
  assert.deepEqual(steppedPoint([1, 0], "ArrowRight", true), [1, 0]);
  assert.equal(steppedPoint([0.3, 0.3], "Tab", false), null);
});

test("two numbers from 0 to 1 are a point, anything else is none", () => {
  assert.deepEqual(pointTyped("0", "1"), [0, 1]);
  for (const typed of [["", "0.5"], ["0.5", " "], ["2", "0"], ["a", "0"]]) assert.equal(pointTyped(...typed), null);
});

test("a file that will be refused is known before it is sent", () => {
  const words = { svg: "as PNG", large: "too large" };
  assert.equal(refusalOf({ name: "a.SVG", type: "", size: 1 }, words), "as PNG");
  assert.equal(refusalOf({ name: "a", type: "image/svg+xml", size: 1 }, words), "as PNG");
  assert.equal(refusalOf({ name: "a.jpg", type: "image/jpeg", size: 16e6 }, words), "too large");
  assert.equal(refusalOf({ name: "a.jpg", type: "image/jpeg", size: 9e6 }, words), "");
});

test("values are put where their names stand", () => {
  assert.equal(filledIn("{a} of {b}", { a: 1, b: "{a}" }), "1 of {a}");
});
