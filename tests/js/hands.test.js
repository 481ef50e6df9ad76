import assert from "node:assert/strict";
import { test } from "node:test";
import { heedHands } from "../../static/storymap/js/hands.js";

// A window that hears what is registered, with or without "scrollend".
function heeding(t, withEnd) {
  const handlers = new Map();
  const calls = [];
  t.mock.timers.enable({ apis: ["setTimeout"] });
  globalThis.addEventListener = (type, handler) => handlers.set(type, handler);
  if (withEnd) globalThis.onscrollend = null;
  heedHands(() => calls.push("ended"), () => calls.push("taken"));
  t.after(() => {
    delete globalThis.addEventListener;
    delete globalThis.onscrollend;
  });
  return { calls, fire: (type, event = {}) => handlers.get(type)?.({ defaultPrevented: false, target: {}, ...event }) };
}

test("where no scroll says that it has ended, stillness does", (t) => {
  const { calls, fire } = heeding(t, false);
  fire("scroll");
  t.mock.timers.tick(100);
  fire("scroll");
  t.mock.timers.tick(100);
  assert.deepEqual(calls, []);
  t.mock.timers.tick(100);
  assert.deepEqual(calls, ["ended"]);
});

test("where a scroll says so, nothing is waited for", (t) => {
  const { calls, fire } = heeding(t, true);
  fire("scroll");
  t.mock.timers.tick(1000);
  assert.deepEqual(calls, []);
  fire("scrollend");
  assert.deepEqual(calls, ["ended"]);
});

test("keys that scroll are the reader's hand; others, and those that did something else, are not", (t) => {
  const { calls, fire } = heeding(t, true);
  fire("keydown", { key: "ArrowRight" });
  fire("keydown", { key: " ", defaultPrevented: true });
  fire("wheel", { target: { closest: () => ({}) } });
  assert.deepEqual(calls, []);
  fire("keydown", { key: "PageDown" });
  fire("wheel", { target: { closest: () => null } });
  assert.deepEqual(calls, ["taken", "taken"]);
});
