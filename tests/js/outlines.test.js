import assert from "node:assert/strict";
import { test } from "node:test";
import { covers, fileFor, traceLine, traceRing, unpack, worldX, worldY } from "../../static/storymap/js/outlines.js";

const FILE = {
  format: "atlas/1",
  scale: 100,
  polygons: [{ id: "PE", rings: [[10, 10, 20, 0, 0, 20, -20, 0]] }],
  coast: [[10, 10, 20, 0]],
  border: [],
  labels: [{ id: "PE", name: "Peru", x: 20, y: 20, area: 400 }],
};
const pen = () => {
  const calls = [];
  return { calls, moveTo: (x, y) => calls.push(["M", x, y]), lineTo: (x, y) => calls.push(["L", x, y]), closePath: () => calls.push(["Z"]) };
};

test("outlines are unpacked to world coordinates with their extent", () => {
  const { polygons, labels } = unpack(FILE);
  assert.deepEqual([...polygons[0][0].xy], [0.1, 0.1, 0.3, 0.1, 0.3, 0.3, 0.1, 0.3]);
  assert.deepEqual(polygons[0][0].box, [0.1, 0.1, 0.3, 0.3]);
  assert.deepEqual(labels[0], { id: "PE", name: "Peru", x: 0.2, y: 0.2, area: 0.04 });
  assert.throws(() => unpack({ format: "topojson" }), /not an atlas/);
});

test("an extract serves the tiles it covers wholly, the levels all others", () => {
  const files = {
    levels: [{ maxZoom: 4, url: "coarse" }, { maxZoom: 22, url: "fine" }],
    nears: [{ bounds: [-78, -13, -76, -11], minZoom: 6, url: "near" }],
  };
  const box = (west, south, east, north) => [worldX(west), worldY(north), worldX(east), worldY(south)];
  assert.equal(fileFor(files, 12, box(-77.1, -12.2, -77, -12)).url, "near");
  assert.equal(fileFor(files, 12, box(-77.1 - 360, -12.2, -77 - 360, -12)).url, "near");
  assert.equal(fileFor(files, 12, box(-78.1, -12.2, -77, -12)).url, "fine");
  assert.equal(fileFor(files, 3, box(-77.1, -12.2, -77, -12)).url, "coarse");
});

test("a ring around the whole view fills it, however far its corners lie", () => {
  const [drawn, ring] = [pen(), unpack(FILE).polygons[0][0]];
  traceRing(drawn, ring, [0.19, 0.19, 0.2, 0.2], 1e6, 0);
  const corners = drawn.calls.filter(([kind]) => kind !== "Z");
  assert.ok(corners.length >= 4);
  assert.ok(corners.every(([, x, y]) => x >= -1 && y >= -1 && x <= 10_001 && y <= 10_001));
});

test("a ring beside the view draws nothing", () => {
  const drawn = pen();
  traceRing(drawn, unpack(FILE).polygons[0][0], [0.4, 0.4, 0.5, 0.5], 1000, 0);
  assert.deepEqual(drawn.calls, []);
});

test("a line is drawn where it meets the view, also in the next world", () => {
  const line = unpack(FILE).coast[0];
  const [here, next, away] = [pen(), pen(), pen()];
  traceLine(here, line, [0, 0, 0.2, 0.2], 100, 0);
  assert.deepEqual(here.calls.map(([kind, ...at]) => [kind, ...at.map(Math.round)]), [["M", 10, 10], ["L", 30, 10]]);
  traceLine(next, line, [1, 0, 1.2, 0.2], 100, 1);
  assert.equal(next.calls.length, 2);
  traceLine(away, line, [0, 0.5, 0.2, 0.7], 100, 0);
  assert.deepEqual(away.calls, []);
});

test("a point is land inside of a ring and outside of its holes, whichever way round the world it is counted", () => {
  const hole = [15, 15, 5, 0, 0, 5, -5, 0];
  const { polygons } = unpack({ ...FILE, polygons: [{ id: "PE", rings: [FILE.polygons[0].rings[0], hole] }] });
  assert.ok(covers(polygons, 0.12, 0.12) && covers(polygons, 0.25, 0.25) && covers(polygons, 1.12, 0.12));
  assert.ok(!covers(polygons, 0.17, 0.17), "in the hole");
  assert.ok(!covers(polygons, 0.05, 0.12) && !covers(polygons, 0.35, 0.12) && !covers(polygons, 0.12, 0.35));
});
