import assert from "node:assert/strict";
import { test } from "node:test";
import { frameId, heightDialects, makeHeights } from "../../static/storymap/js/embed-height.js";

const said = (search, hash) => heightDialects(search, hash, "lima").map((say) => say(480));

test("our own message carries the name that the holder gave the frame in the fragment", () => {
  assert.deepEqual(said("?theme=dark", "#storymap=map-2"), [{ type: "storymap:height", v: 1, id: "map-2", height: 480 }]);
});

test("the query names the frame where the fragment does not, and nobody must", () => {
  assert.equal(frameId("?id=a%20b", ""), "a b");
  assert.equal(frameId("?id=other", "#storymap=mine"), "mine");
  assert.equal(frameId("", "#?secret=abcdefghij"), "");
  assert.equal(frameId(`?id=${"x".repeat(201)}`, ""), "");
});

test("pym.js hears a string with the name of its child", () => {
  assert.equal(said("?initialWidth=600&childId=graphic-1&parentUrl=https%3A%2F%2Fa.example", "")[1], "pymxPYMxgraphic-1xPYMxheightxPYMx480");
});

test("WordPress hears its secret again, from the fragment that it appends", () => {
  assert.deepEqual(said("", "#?secret=a1B2c3D4e5")[1], { message: "height", value: 480, secret: "a1B2c3D4e5" });
  assert.equal(said("", "#storymap=a%20b#?secret=a1B2c3D4e5")[0].id, "a b");
  assert.equal(said("", "#storymap=x#?secret=a1B2c3D4e5")[1].secret, "a1B2c3D4e5");
  for (const none of ["", "#?secret=short", "#?secret=elevenchars1", "#?secret=ab<d'e\"fgh"]) assert.equal(said("", none).length, 1, none);
});

test("Datawrapper's dialect is spoken when it is asked for", () => {
  assert.deepEqual(said("?resize=datawrapper&id=Xy12z", "")[1], { "datawrapper-height": { Xy12z: 480 } });
  assert.deepEqual(said("?resize=datawrapper", "")[1], { "datawrapper-height": { lima: 480 } });
  assert.equal(said("?resize=other", "").length, 1);
});

test("a height is told in whole pixels and once", () => {
  const next = makeHeights();
  assert.equal(next(479.2, 0), 480);
  assert.equal(next(479.9, 10), null);
  assert.equal(next(700, 20), 700);
});

test("two heights that follow each other without end end with the larger", () => {
  const next = makeHeights();
  const told = Array.from({ length: 40 }, (_, n) => next(n % 2 ? 480 : 470, n * 16)).filter((height) => height !== null);
  assert.equal(told.at(-1), 480);
  assert.ok(told.length <= 5, told.join());
});

test("a reader who opens and closes is followed each time", () => {
  const next = makeHeights();
  const told = Array.from({ length: 10 }, (_, n) => next(n % 2 ? 900 : 480, n * 1500));
  assert.ok(told.every((height) => height !== null));
});
