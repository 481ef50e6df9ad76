import assert from "node:assert/strict";
import { test } from "node:test";
import { stepOf } from "../../static/storymap/js/embed-links.js";

const PLAN = [{ chapter: "reception", moments: ["breach"] }, { chapter: "demands", moments: [] }];

test("a link inside the text leads to a chapter, or to an event in it", () => {
  assert.deepEqual(stepOf({ toChapter: "demands", toMoment: "" }, PLAN), { chapter: "demands", moment: null });
  assert.deepEqual(stepOf({ toChapter: "reception", toMoment: "breach" }, PLAN), { chapter: "reception", moment: "breach" });
});

test("a link to something else, or to what is not told here, is left to the browser", () => {
  assert.equal(stepOf({}, PLAN), null);
  assert.equal(stepOf({ toChapter: "echoes", toMoment: "" }, PLAN), null);
});
