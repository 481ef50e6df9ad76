import assert from "node:assert/strict";
import { test } from "node:test";
import { gap, placeLabels, textWidth } from "../../static/storymap/js/placing.js";
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
  assert.equal(placeLabels([name], [[60, 42, 90, 52], [110, 42, 150, 52]], 400)[0].side, "under");
  assert.deepEqual(placeLabels([name], [[0, 0, 400, 100]], 400), []);
  assert.deepEqual(placeLabels([name], [], 120, 55), [], "not below the map either");
});

test("a name is never nearer to another point than to its own", () => {
  const havana = { x: 124, y: 140, text: "Havana", width: 54, named: true };
  const santo = { x: 147, y: 150, text: "Santo Domingo", width: 112, named: true };
  const london = { x: 271, y: 75, text: "London", width: 54, named: true };
  const all = [london, havana, santo];
  for (const width of [300, 388, 700]) {
    for (const shift of [-20, -10, 0, 10, 20, 200]) {
      const items = all.map((item) => (item === santo ? { ...santo, x: santo.x + shift } : item));
      for (const { box, text, ...own } of placeLabels(items, [], width, 250)) {
        for (const other of items.filter((item) => item.text !== text)) assert.ok(gap(box, own) < gap(box, other), `${text} ${shift}`);
      }
    }
  }
});

test("a name that would be nearer to another point is left out", () => {
  const own = { x: 200, y: 100, text: "Own", width: 40, named: true };
  const ring = [[230, 100], [170, 100], [200, 125], [212, 122], [188, 122]].map(([x, y]) => ({ x, y, text: "Other", width: 9999, named: true }));
  assert.deepEqual(placeLabels([own, ...ring], [], 400, 400), []);
});

test("names of one point do not keep each other off", () => {
  const names = ["Lima", "Cemeteries"].map((text) => ({ x: 200, y: 100, text, named: true }));
  assert.deepEqual(placeLabels(names, [], 400).map(({ side }) => side), ["after", "before"]);
});

test("a name keeps off the pins of others, and may touch its own", () => {
  const name = { x: 100, y: 50, text: "Lima", named: true };
  const [own, other] = [[85, 11, 115, 50], [152, 20, 180, 60]];
  assert.equal(placeLabels([name], [own], 400)[0].side, "after");
  assert.equal(placeLabels([name], [own, other], 400)[0].side, "before");
});

test("what may stand in several spots takes the first that is free and wholly on the map", () => {
  const area = { text: "Block", spots: [{ x: 5, y: 50 }, { x: 100, y: 50 }, { x: 200, y: 50 }] };
  const [placed] = placeLabels([area], [[90, 40, 110, 60]], 400);
  assert.deepEqual([placed.x, placed.y], [200, 50]);
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

test("a city's name stands beside its dot, and both keep off pins and their names", () => {
  const lima = { x: 100, y: 50, text: "Lima", width: 30, dot: true };
  const [free] = placeLabels([lima], [], 400, 400);
  assert.equal(free.side, "after");
  assert.ok(free.box[0] <= 96 && free.box[2] >= 136, "the dot belongs to it");
  assert.equal(placeLabels([lima], [[112, 30, 150, 60]], 400, 400)[0].side, "before");
  assert.equal(placeLabels([lima], [[112, 30, 150, 42], [50, 30, 90, 42]], 400, 400)[0].side, "under");
  assert.deepEqual(placeLabels([lima], [[104, 30, 150, 60], [50, 30, 96, 60]], 400, 400), [], "the dot has no room");
  const beside = [{ x: 60, y: 50, text: "Embassy", width: 60, named: true }, lima];
  assert.deepEqual(placeLabels(beside, [], 400, 400).map(({ text }) => text), ["Embassy"]);
});

test("a pin that hides the dot stands for it", () => {
  const pin = [85, 11, 115, 50];
  const [under] = placeLabels([{ x: 100, y: 50, text: "Lima", width: 30, dot: true, hidden: true }], [pin], 400, 400);
  assert.deepEqual([under.side, under.box[0]], ["after", 116]);
});

test("cities are named in their order, and their names do not meet", () => {
  const cities = [{ x: 100, y: 50, text: "Lima", dot: true }, { x: 104, y: 52, text: "Callao", dot: true }, { x: 200, y: 50, text: "Ica", dot: true }];
  assert.deepEqual(placeLabels(cities, [], 400, 400).map(({ text }) => text), ["Lima", "Ica"]);
});
