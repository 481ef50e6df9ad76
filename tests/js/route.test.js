import assert from "node:assert/strict";
import { test } from "node:test";
import { readRoute, routeOfStep, storyBase, writeRoute } from "../../static/storymap/js/route.js";

const SLUGS = ["reception", "demands"];
const read = (path) => readRoute(`https://maps.example${path}`, "/es/stories/lima/", SLUGS);

test("an address names a chapter and a moment", () => {
  assert.deepEqual(read("/es/stories/lima/demands/#release-38"), { chapter: 1, moment: "release-38" });
  assert.deepEqual(read("/es/stories/lima/"), { chapter: null, moment: null });
  assert.deepEqual(read("/es/stories/lima/unknown/"), { chapter: null, moment: null });
  assert.deepEqual(read("/stories/lima/demands/"), { chapter: null, moment: null });
});

test("of a page in one file, chapters and moments are places in it", () => {
  const base = "/home/ana/lima.html#";
  const inFile = (hash) => readRoute(`file:///home/ana/lima.html${hash}`, base, SLUGS);
  assert.deepEqual(inFile("#chapter-demands"), { chapter: 1, moment: null });
  assert.deepEqual(inFile("#release-38"), { chapter: null, moment: "release-38" });
  assert.deepEqual(inFile(""), { chapter: null, moment: null });
  assert.equal(writeRoute(base, "demands", null), "/home/ana/lima.html#chapter-demands");
  assert.equal(writeRoute(base, "demands", "release-38"), "/home/ana/lima.html#release-38");
  assert.equal(writeRoute(base, "", null), "/home/ana/lima.html");
});

test("a broken escape in an address does no harm", () => {
  assert.equal(read("/es/stories/lima/%E0%A4%A/#%E0").chapter, null);
});

test("what is written is read again", () => {
  assert.equal(writeRoute("/stories/lima/", "", null), "/stories/lima/");
  assert.equal(writeRoute("/stories/lima/", "demands", null), "/stories/lima/demands/");
  const { chapter, moment } = read(writeRoute("/es/stories/lima/", "reception", "a-b"));
  assert.deepEqual([chapter, moment], [0, "a-b"]);
});

test("the story's own address is found in that of a chapter", () => {
  assert.equal(storyBase("/ja/stories/lima/demands/", "lima"), "/ja/stories/lima/");
  assert.equal(storyBase("/stories/lima/", "lima"), "/stories/lima/");
  assert.equal(storyBase("/elsewhere/", "lima"), "/elsewhere/");
});

test("the first step from the cover leads to the first chapter, and back", () => {
  assert.deepEqual(routeOfStep({ chapter: 0, cover: true }, 1, 3), { chapter: 0 });
  assert.deepEqual(routeOfStep({ chapter: 0, cover: false }, -1, 3), { chapter: 0, cover: true });
  assert.deepEqual(routeOfStep({ chapter: 1 }, 1, 3), { chapter: 2 });
  assert.equal(routeOfStep({ chapter: 0, cover: true }, -1, 3), null);
  assert.equal(routeOfStep({ chapter: 2 }, 1, 3), null);
});
