import assert from "node:assert/strict";
import { test } from "node:test";
import { stepIn } from "../../static/storymap/js/embed-steps.js";
import { stepMessage, understood } from "../../static/storymap/js/embed-talk.js";

const PLAN = [{ chapter: "reception", moments: ["breach", "shots"] }, { chapter: "demands", moments: [] }];

test("hello is understood", () => {
  assert.deepEqual(understood({ type: "storymap:hello", v: 1 }, PLAN), { hello: true });
});

test("a holder leads to a chapter, or to a moment in it", () => {
  for (const moment of [undefined, null, ""]) {
    assert.deepEqual(understood({ type: "storymap:goto", v: 1, chapter: "demands", moment }, PLAN), { step: { chapter: "demands", moment: null } });
  }
  assert.deepEqual(understood({ type: "storymap:goto", v: 1, chapter: "reception", moment: "shots" }, PLAN), {
    step: { chapter: "reception", moment: "shots" },
  });
});

test("what is told nowhere here leads nowhere", () => {
  for (const [chapter, moment] of [["nowhere"], ["demands", "shots"], [undefined, "shots"], ["reception", "nothing"], ["reception", 0], [0], [["demands"]]]) {
    assert.equal(stepIn(PLAN, chapter, moment), null, `${chapter} ${moment}`);
  }
});

test("anything else is not understood", () => {
  const others = [
    ...[null, undefined, 7, "", "storymap:hello", [], {}, { type: "storymap:hello" }, { type: "storymap:hello", v: 2 }, { type: "storymap:hello", v: "1" }],
    ...[{ v: 1 }, { type: "storymap:goto", v: 1 }, { type: "storymap:goto", chapter: "demands" }, { type: "storymap:step", v: 1, chapter: "demands" }],
    ...[{ type: "storymap:goto", v: 1, chapter: { toString: () => "demands" } }, { type: "storymap:goto", v: 1, chapter: "__proto__" }],
  ];
  for (const data of others) assert.equal(understood(data, PLAN), null, JSON.stringify(data));
});

test("a step names frame, chapter and moment", () => {
  assert.deepEqual(stepMessage("map-2", { chapter: "demands", moment: null }), {
    type: "storymap:step", v: 1, id: "map-2", chapter: "demands", moment: null,
  });
});
