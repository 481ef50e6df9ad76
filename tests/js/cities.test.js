import assert from "node:assert/strict";
import { test } from "node:test";
import { citiesToName, isCity } from "../../static/storymap/js/cities.js";

const box = [0.2, 0.4, 0.4, 0.6];
const city = (name, size, x = 0.3, y = 0.5) => ({ name, size, x, y });
const names = (cities, zoom, grounds = []) => citiesToName(cities, zoom, box, grounds).map(({ name }) => name);
const all = [..."ABCDEFGHI"].map((name, n) => city(name, 3, 0.21 + n / 50)).concat(city("large", 2), city("middle", 1), city("town", 0));

test("the closer the view, the smaller the cities that are named; none far away or very close", () => {
  const most = (zoom) => names(all, zoom).at(-1);
  assert.deepEqual([5, 6.4, 7, 8.4, 9, 11].map(most), ["I", "I", "large", "large", "middle", "middle"]);
  assert.deepEqual([2, 3.4, 11.5, 16].map(most), Array(4).fill(undefined));
});

test("from far away, as on a phone, the five largest", () => {
  assert.deepEqual([3.5, 4.4].map((zoom) => names(all, zoom).join("")), ["ABCDE", "ABCDE"]);
});

test("a few are named even where all are small", () => {
  assert.deepEqual(names([city("town", 0), city("large", 2)], 5), ["large", "town"]);
});

test("only what is in the window is named, wherever round the world it lies, and once", () => {
  const cities = [city("here", 3), city("here", 3, 0.30001), city("a turn away", 3, 1.3), city("outside", 3, 0.5)];
  assert.deepEqual(names(cities, 6), ["here", "a turn away"]);
});

test("where an extract is drawn it names its own", () => {
  assert.deepEqual(names([city("Lima", 3), city("Callao", 2, 0.21)], 6, [{ bounds: [-80, -10, -60, 10] }]), ["Callao"]);
});

test("a place is the city of its name, however it is written", () => {
  assert.ok(isCity("La Habana, Cuba", "La Habana") && isCity("bogota", "Bogotá") && isCity("ロンドン（英国）", "ロンドン"));
  assert.ok(!isCity("Lima airport", "Lima") && !isCity("London", "London, Ontario".slice(0, 4)));
});
