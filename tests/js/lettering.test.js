import assert from "node:assert/strict";
import { test } from "node:test";
import { crossingsOf, letters, stretches } from "../../static/storymap/js/lettering.js";

const WINDOW = { taken: [], width: 800, height: 600, most: 25 };
const name = (text, where) => ({
  text, kind: "local", size: 11, width: 7 * text.length, without: [],
  ends: () => [...text].map((sign, n) => [sign, 7 * n, 7 * n + 7]), crossings: () => [], ...where,
});
const street = (text, ...xy) => name(text, { xy });
const far = (a, b) => Math.hypot(a.x - b.x, a.y - b.y);

test("a name lies on its street and reads from left to right, whichever way the street was drawn", () => {
  for (const xy of [[100, 500, 700, 100], [700, 100, 100, 500]]) {
    const [{ angle, x, y, discs }] = letters([street("Calle Burgos", ...xy)], WINDOW);
    assert.ok(Math.abs(angle - Math.atan2(-400, 600)) < 1e-9);
    assert.ok(Math.abs((x - 100) * 400 - (500 - y) * 600) < 1e-6);
    assert.ok(discs[0].x < discs.at(-1).x);
  }
});

test("a short street, and one at the edge of the window, has no name", () => {
  assert.deepEqual(letters([street("Avenida Javier Prado", 100, 100, 200, 100), street("Roma", 0, 1, 800, 1)], WINDOW), []);
});

test("a name stands once in 400 pixels, and on another street of the same name too", () => {
  const wide = { ...WINDOW, width: 1400 };
  const placed = letters([street("Javier Prado", 0, 300, 1400, 300), street("Javier Prado", 0, 330, 1400, 330)], wide);
  assert.ok(placed.length >= 2);
  for (const a of placed) for (const b of placed) assert.ok(a === b || far(a, b) >= 400);
});

test("names cross neither each other nor what is taken, by six pixels", () => {
  const grid = [100, 200, 300, 400, 500].flatMap((at, n) => [street(`Norte ${n}`, at, 0, at, 600), street(`Oriente ${n}`, 0, at, 800, at)]);
  const pin = [290, 260, 420, 310];
  const placed = letters(grid, { ...WINDOW, taken: [pin] });
  assert.ok(placed.length > 8);
  for (const { discs, half } of placed) {
    for (const { x, y } of discs) {
      assert.ok(Math.hypot(Math.max(pin[0] - x, 0, x - pin[2]), Math.max(pin[1] - y, 0, y - pin[3])) >= half + 6);
    }
  }
  placed.forEach((a, n) => placed.slice(0, n).forEach((b) => {
    assert.ok(a.discs.every((one) => b.discs.every((other) => far(one, other) > a.half + b.half)), `${a.text} ${b.text}`);
  }));
});

test("a name stands between junctions where there is room", () => {
  const crossed = { ...street("Los Cedros", 50, 300, 750, 300), crossings: () => [300, 350, 400, 650] };
  const [{ x, discs }] = letters([crossed], WINDOW);
  const [from, to] = [discs[0].x - 50, discs.at(-1).x - 50];
  assert.ok([300, 350, 400, 650].every((at) => at < from || at > to), `${x}`);
});

test("a bend is followed letter by letter, a corner is not, nor a bend in joined writing", () => {
  const bend = Array.from({ length: 40 }, (_, n) => [400 + 260 * Math.sin((n - 20) / 20), 500 - 260 * Math.cos((n - 20) / 20)]).flat();
  const [curved] = letters([street("Circuito de Playas", ...bend)], WINDOW);
  assert.equal(curved.letters.map(({ sign }) => sign).join(""), "Circuito de Playas");
  assert.ok(curved.letters[0].angle < curved.letters.at(-1).angle);
  assert.deepEqual(letters([street("شارع الجمهورية الكبير", ...bend)], WINDOW), []);
  assert.deepEqual(letters([street("Corner", 400, 300, 430, 300, 430, 330)], WINDOW), []);
});

test("there are no more names than are wanted, the first ones before others", () => {
  const streets = Array.from({ length: 20 }, (_, n) => street(`Street ${n}`, 0, 20 + 28 * n, 800, 20 + 28 * n));
  assert.deepEqual(letters(streets, { ...WINDOW, most: 3 }).map(({ text }) => text), ["Street 0", "Street 1", "Street 2"]);
});

test("a name that stood stays where it was when the map moved a little", () => {
  const [first] = letters([street("Salaverry", -200, 300, 900, 300)], WINDOW);
  const [moved] = letters([street("Salaverry", -260, 300, 840, 300)], { ...WINDOW, before: [{ text: "Salaverry", x: first.x - 60, y: first.y }] });
  assert.ok(Math.abs(moved.x - (first.x - 60)) < 1e-6);
});

test("a district gives way to a pin, within reach, and to a finer map wholly", () => {
  const district = name("SAN ISIDRO", { x: 400, y: 300 });
  const [there] = letters([district], WINDOW);
  assert.deepEqual([there.x, there.y], [400, 300]);
  const [beside] = letters([district], { ...WINDOW, taken: [[380, 290, 420, 310]] });
  assert.ok(far(beside, district) > 10 && far(beside, district) < 90);
  assert.deepEqual(letters([{ ...district, without: [[0, 0, 800, 600]] }], WINDOW), []);
  assert.deepEqual(letters([name("Parque", { x: 400, y: 300, room: 20 })], WINDOW), []);
});

test("a line is in the window by stretches, and crossed where others meet it", () => {
  const line = { xy: [-100, 0, 100, 0, 100, 500, 50, 500, 50, 0], at: [0, 200, 700, 750, 1250] };
  assert.deepEqual(stretches(line, [0, -10, 200, 100]), [[100, 300], [1150, 1250]]);
  const boxed = (...xy) => ({ xy, box: [Math.min(xy[0], xy[2]), Math.min(xy[1], xy[3]), Math.max(xy[0], xy[2]), Math.max(xy[1], xy[3])] });
  const met = crossingsOf(boxed(0, 0, 100, 0), [boxed(30, -10, 30, 10), boxed(60, 0, 60, 20), boxed(0, 5, 100, 5), boxed(200, -1, 200, 1)]);
  assert.deepEqual(met.map(Math.round).sort(), [30, 60]);
});
