import assert from "node:assert/strict";
import { test } from "node:test";
import { ROADS, creditsOf, isDrawn, turnTo, unpackGround, widthOf } from "../../static/storymap/js/ground.js";
import { extractsIn, holds, worldX, worldY } from "../../static/storymap/js/outlines.js";

const SCALE = 2 ** 26;
const BOUNDS = [-77.06, -12.1, -77.04, -12.08];
const ORIGIN = [Math.floor(worldX(BOUNDS[0]) * SCALE), Math.floor(worldY(BOUNDS[3]) * SCALE)];
const [WIDE, HIGH] = [Math.ceil(worldX(BOUNDS[2]) * SCALE) - ORIGIN[0], Math.ceil(worldY(BOUNDS[1]) * SCALE) - ORIGIN[1]];
const FILE = {
  format: "atlas/2", scale: SCALE, origin: ORIGIN, bounds: BOUNDS, minZoom: 12, credit: { attribution: "© A" },
  names: ["Roma", "Lago"],
  areas: { water: [[1, [0, 0, 0, 500, 300, 0, 0, -500]]] },
  lines: { local: [[0, [10, 20, 100, 0]], [-1, [10, 30, 0, 50]]] },
  places: [[1, "water", 100, 200, 3]],
};

test("an extract is unpacked to world coordinates with the names of its streets", () => {
  const { lines, places, areas } = unpackGround(FILE);
  assert.deepEqual([...lines.local[0].xy].map((number, n) => Math.round(number * SCALE) - ORIGIN[n % 2]), [10, 20, 110, 20]);
  assert.deepEqual(lines.local.map(({ name }) => name), ["Roma", ""]);
  assert.equal(areas.water[0].name, "Lago");
  assert.deepEqual(places[0], { text: "Lago", kind: "water", rank: 3, x: (ORIGIN[0] + 100) / SCALE, y: (ORIGIN[1] + 200) / SCALE });
  assert.throws(() => unpackGround({ format: "atlas/1" }), /not a basemap extract/);
});

test("the edge at which a lake was cut is no shore", () => {
  const [shore] = unpackGround(FILE).shores;
  const points = [...shore.xy].map((number, n) => Math.round(number * SCALE) - ORIGIN[n % 2]);
  assert.deepEqual(points, [0, 500, 300, 500, 300, 0]); // not along x = 0 nor y = 0
  const all = { ...FILE, areas: { sea: [[-1, [0, 0, WIDE, 0, 0, HIGH, -WIDE, 0]]] } };
  assert.deepEqual(unpackGround(all).shores, []);
});

test("roads grow with the zoom, and the heavier is never the narrower", () => {
  for (let zoom = 8; zoom <= 20; zoom += 0.25) {
    for (const kind of ROADS) assert.ok(widthOf(kind, zoom + 0.25) > widthOf(kind, zoom), `${kind} at ${zoom}`);
    const [local, main, motorway] = ["local", "main", "motorway"].map((kind) => widthOf(kind, zoom));
    assert.ok(local < main && main <= motorway, `at ${zoom}: ${[local, main, motorway]}`);
  }
  assert.equal(widthOf("main", 15), 6); // half way between 4 and 8
});

test("buildings are drawn from zoom 15, streets before, motorways always", () => {
  assert.deepEqual(["building", "local", "motorway"].map((kind) => isDrawn(kind, 14)), [false, true, true]);
  assert.ok(isDrawn("building", 15));
});

test("an extract is drawn from its zoom on, where it crosses a tile, on whichever turn of the world", () => {
  const box = (west, east) => [worldX(west), worldY(-12.085), worldX(east), worldY(-12.095)];
  const extracts = [{ bounds: BOUNDS, minZoom: 12, url: "a" }];
  assert.equal(extractsIn(extracts, 12, box(-77.05, -77)).length, 1);
  assert.equal(extractsIn(extracts, 12, box(-77.05 + 360, -77 + 360)).length, 1);
  assert.equal(extractsIn(extracts, 11, box(-77.05, -77)).length, 0);
  assert.equal(extractsIn(extracts, 12, box(-77.04, -77)).length, 0);
  assert.ok(holds(BOUNDS, box(-77.059, -77.041)) && !holds(BOUNDS, box(-77.05, -77)));
  assert.equal(turnTo([0.9, 0.4, 1.1, 0.6], [0.02, 0.45, 0.05, 0.5]), -1);
  assert.equal(turnTo([0.1, 0.4, 0.2, 0.6], [0.3, 0.45, 0.4, 0.5]), null);
});

test("an extract is not drawn where a finer one covers the whole box", () => {
  const [west, south, east, north] = BOUNDS;
  const city = { bounds: [west - 0.1, south - 0.1, east + 0.1, north + 0.1], minZoom: 10, url: "city" };
  const street = { bounds: BOUNDS, minZoom: 14, url: "street" };
  const near = (beyond) => [worldX(west) - beyond, worldY(north), worldX(east), worldY(south)];
  const drawn = (...where) => extractsIn([city, street], ...where).map(({ url }) => url);
  assert.deepEqual(drawn(15, near(0)), ["street"]);
  assert.deepEqual(drawn(15, near(1e-6)), ["city", "street"]);
  assert.deepEqual(drawn(13, near(0)), ["city"]);
});

test("credits name the year of the data, say when they are simplified, and each name once", () => {
  const say = (key, { credit }) => `${key}: ${credit}`;
  const [a, b] = [{ attribution: "© A", date: "2013-12~" }, { attribution: "© A; coast: B", date: "2013" }];
  assert.deepEqual(creditsOf([a], say), ["© A (2013)"]);
  assert.deepEqual(creditsOf([{ attribution: "© A 2013", date: "2013" }], say), ["© A 2013"]);
  assert.deepEqual(creditsOf([{ ...a, simplified: true }, { ...b, simplified: true }], say), ["simplified: © A; coast: B (2013)"]);
  assert.deepEqual(creditsOf([a, { ...b, simplified: true }, a], say), ["© A (2013)", "simplified: © A; coast: B (2013)"]);
});
