import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { degreeWords, isLengthKnown, lengthParts, metresBetween, niceAngle, niceLength, pointAt } from "../../static/storymap/js/measures.js";

const LIMA = { lat: -12.09139, lng: -77.04944 };

test("a ring's step is the next 1, 2 or 5 of its power of ten", () => {
  assert.deepEqual([1, 1.1, 21, 50, 51, 999].map(niceLength), [1, 2, 50, 50, 100, 1000]);
});

test("a graticule's step divides a degree", () => {
  assert.equal(niceAngle(0.0001), 1);
  assert.equal(niceAngle(1 / 60), 60);
  assert.equal(niceAngle(99), 36000);
});

test("a point lies as far away as was asked, in every direction", () => {
  for (const bearing of [0, 90, 180, 270]) {
    assert.ok(Math.abs(metresBetween(LIMA, pointAt(LIMA, 500, bearing)) - 500) < 0.01);
  }
  assert.ok(pointAt(LIMA, 500, 0).lat > LIMA.lat);
  assert.ok(pointAt(LIMA, 500, 90).lng > LIMA.lng);
});

test("Lima to Tokyo is about 15,500 km, also over the antimeridian", () => {
  const there = metresBetween({ lat: -12.04, lng: -77.03 }, { lat: 35.69, lng: 139.69 });
  assert.ok(Math.abs(there - 15_490_000) < 60_000, there);
  assert.ok(Math.abs(there - metresBetween({ lat: -12.04, lng: -77.03 }, { lat: 35.69, lng: 139.69 - 360 })) < 1);
});

test("lengths are rounded as a reader needs them, with the signs of the page's language", () => {
  const english = { decimal: ".", thousands: "," };
  assert.deepEqual(lengthParts(83.2, english), { key: "metres", number: "83" });
  assert.deepEqual(lengthParts(283, english), { key: "metres", number: "280" });
  assert.deepEqual(lengthParts(1234, english), { key: "kilometres", number: "1.2" });
  assert.deepEqual(lengthParts(2000, english), { key: "kilometres", number: "2" });
  assert.deepEqual(lengthParts(21_673_500, english), { key: "kilometres", number: "21,674" });
  const spanish = { decimal: ",", thousands: "\u00a0" };
  assert.deepEqual(lengthParts(1234, spanish), { key: "kilometres", number: "1,2" });
  assert.deepEqual(lengthParts(21_673_500, spanish), { key: "kilometres", number: "21\u00a0674" });
});

test("a length is known as the server knows it", () => {
  const cases = JSON.parse(readFileSync(new URL("../files/known_lengths.json", import.meta.url)));
  for (const { what, metres, radii, known } of cases) assert.equal(isLengthKnown(metres, ...radii), known, what);
});

test("degrees are written with no more parts than they have", () => {
  assert.equal(degreeWords(-(12 * 3600 + 5 * 60 + 30), "NS"), "12°05′30″ S");
  assert.equal(degreeWords(-(77 * 3600 + 3 * 60), "EW"), "77°03′ W");
  assert.equal(degreeWords(0, "NS"), "0° N");
});
