import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { makeAsker } from "../../static/storymap/js/asking.js";

test("what is typed quickly is asked once, and never two questions at a time", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  let [asked, answer] = [0, null];
  const refresh = makeAsker(400, () => {
    asked += 1;
    return new Promise((done) => (answer = done));
  });
  refresh();
  mock.timers.tick(399);
  refresh();
  mock.timers.tick(399);
  assert.equal(asked, 0);
  mock.timers.tick(1);
  assert.equal(asked, 1);
  refresh();
  mock.timers.tick(400);
  refresh();
  mock.timers.tick(400);
  assert.equal(asked, 1, "the first is still under way");
  answer();
  await Promise.resolve();
  await Promise.resolve();
  assert.equal(asked, 2, "what came meanwhile is asked once");
  mock.timers.reset();
});
