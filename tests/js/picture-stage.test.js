import assert from "node:assert/strict";
import { test } from "node:test";

import { fractionsAt, movedOnto, nearestOn, pictureBox, placeAt, tileAt } from "../../static/storymap/js/picture-stage.js";
import { asHtml } from "../../static/storymap/js/words.js";

const plan = { width: 1300, height: 600 };
const at = (zoom, column, row) => ({ x: 2 ** (zoom - 2) + column, y: 2 ** (zoom - 2) + row });

test("a tile of the map is a tile of the picture, whole or at its edge", () => {
  assert.deepEqual(tileAt(plan, at(18, 0, 0), 18), { name: "0-0-0.webp", wide: 512, high: 512 });
  assert.deepEqual(tileAt(plan, at(18, 2, 1), 18), { name: "0-2-1.webp", wide: 276, high: 88 });
  assert.deepEqual(tileAt(plan, at(17, 1, 0), 17), { name: "1-1-0.webp", wide: 138, high: 300 });
  assert.deepEqual(tileAt(plan, at(16, 0, 0), 16), { name: "2-0-0.webp", wide: 325, high: 150 });
});

test("beside the picture nothing is asked for", () => {
  for (const [column, row] of [[-1, 0], [0, -1], [3, 0], [0, 2]]) assert.equal(tileAt(plan, at(18, column, row), 18), null);
  assert.equal(tileAt({ width: 1024, height: 512 }, at(18, 2, 0), 18), null);
});

test("a picture lies to the south-east of 0, 0, one pixel for one of the map at zoom 18", () => {
  const [[south, west], [north, east]] = pictureBox({ width: 2 ** 20, height: 2 ** 20 });
  assert.deepEqual([west, north], [0, 0]);
  assert.ok(Math.abs(east - 5.625) < 1e-9); // a 64th of the world
  assert.ok(Math.abs(south + 5.6160) < 1e-3);
});

test("a credit is text, whatever it holds", () => {
  assert.equal(asHtml(`<img src="x"> & 'y'`), "&#60;img src=&#34;x&#34;&#62; &#38; &#39;y&#39;");
});

test("who has left the picture is brought to its nearest place", () => {
  const box = [[-2, 0], [0, 3]];
  assert.deepEqual(nearestOn(box, { lat: 1, lng: 4 }), { lat: 0, lng: 3 });
  assert.deepEqual(nearestOn(box, { lat: -1, lng: 1 }), { lat: -1, lng: 1 });
});

test("a point in fractions is found again from its place", () => {
  const size = { width: 9000, height: 7000 };
  for (const point of [[0, 0], [0.25, 0.75], [1, 1]]) assert.deepEqual(fractionsAt(size, placeAt(size, point)), point);
  assert.deepEqual(fractionsAt(size, { lat: 5, lng: -5 }), [0, 0]);
});

test("a window shows more of a picture, and less beside it", () => {
  const sheet = { start: { x: 0, y: 0 }, end: { x: 1000, y: 800 }, padding: { top: 50, side: 20, bottom: 30 } };
  const small = { ...sheet, size: { x: 400, y: 300 } };
  assert.deepEqual(movedOnto({ x: 500, y: 400 }, small), { x: 500, y: 400 });
  assert.deepEqual(movedOnto({ x: 0, y: 0 }, small), { x: 180, y: 100 });
  assert.deepEqual(movedOnto({ x: 1000, y: 800 }, small), { x: 820, y: 680 });
  const large = { ...sheet, size: { x: 1100, y: 1000 } };
  assert.deepEqual(movedOnto({ x: 500, y: 200 }, large), { x: 500, y: 330 }, "the whole of it is seen, with its padding");
});
