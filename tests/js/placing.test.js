import assert from "node:assert/strict";
import { test } from "node:test";
import { placeLabels, textWidth } from "../../static/storymap/js/placing.js";
import { nearLng, sortPlaces } from "../../static/storymap/js/place-store.js";

test("of two labels that meet, the first stays", () => {
  const placed = placeLabels([{ x: 100, y: 50, text: "PERU" }, { x: 104, y: 52, text: "LIMA" }, { x: 300, y: 50, text: "BRAZIL" }], [], 400);
  assert.deepEqual(placed.map(({ text }) => text), ["PERU", "BRAZIL"]);
});

test("a name changes sides when the first side is taken or off the map, and goes under its point last", () => {
  const name = { x: 100, y: 50, text: "Lima", named: true };
  assert.equal(placeLabels([name], [], 400)[0].side, "after");
  assert.equal(placeLabels([name], [[110, 40, 150, 60]], 400)[0].side, "before");
  assert.equal(placeLabels([name], [], 120)[0].side, "before");
  assert.equal(placeLabels([name], [[60, 42, 90, 56], [110, 42, 150, 56]], 400)[0].side, "under");
  assert.deepEqual(placeLabels([name], [[0, 0, 400, 100]], 400), []);
});

test("a label at the edge of the map begins there", () => {
  const degrees = { x: 0, y: 50, text: "12°05′30″ S", edge: true };
  assert.deepEqual(placeLabels([{ x: 75, y: 50, text: "Lima" }, degrees], [], 400).map(({ text }) => text), ["Lima"]);
  assert.equal(placeLabels([{ x: 175, y: 50, text: "Lima" }, degrees], [], 400).length, 2);
});

test("full-width signs are wide", () => {
  assert.ok(textWidth("公邸") > textWidth("ab") * 1.5);
});

test("a longitude is taken on the side of the globe that the view shows", () => {
  assert.ok(Math.abs(nearLng(139.7, -150) - -220.3) < 1e-9);
  assert.equal(nearLng(-77, -77), -77);
});

test("places and what is drawn in a chapter are told apart", () => {
  const point = { type: "Point", coordinates: [-77, -12] };
  const store = sortPlaces({ features: [
    { geometry: point, properties: { kind: "place", slug: "lima", name: "Lima", events: ["a"] } },
    { geometry: { type: "LineString", coordinates: [] }, properties: { kind: "leg", chapter: "one", event: "a", km: 3 } },
  ] });
  assert.deepEqual([store.places.get("lima").lat, store.places.get("lima").lng], [-12, -77]);
  assert.equal(store.drawnIn("one").length, 1);
  assert.deepEqual(store.drawnIn("two"), []);
});
