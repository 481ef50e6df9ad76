import assert from "node:assert/strict";
import { test } from "node:test";
import { makeKeeper } from "../../static/storymap/js/autosave-queue.js";

// A form of one field, a network that answers when told to, and a clock that is wound by hand.
function bench() {
  const world = { text: "", at: 0, told: [], sent: [], timers: new Map(), next: 0 };
  const keeper = makeKeeper({
    read: () => (world.text ? { title: [world.text] } : {}),
    send: (typed) => new Promise((yes, no) => world.sent.push({ typed, yes, no })),
    tell: (state, said) => world.told.push(said === undefined ? state : [state, said]),
    later: (then, wait) => (world.timers.set(++world.next, { then, due: world.at + wait }), world.next),
    forget: (timer) => world.timers.delete(timer),
    now: () => world.at,
    stored: "{}",
  });
  const wind = (milliseconds) => {
    world.at += milliseconds;
    for (const [timer, { then, due }] of [...world.timers]) if (due <= world.at && world.timers.delete(timer)) then();
  };
  const type = (text) => ((world.text = text), keeper.touched());
  return { world, keeper, wind, type };
}
const settled = () => new Promise(setImmediate);

test("an autosave is sent a second after the last key", () => {
  const { world, wind, type } = bench();
  type("D");
  wind(400);
  type("De");
  wind(900);
  assert.equal(world.sent.length, 0);
  wind(100);
  assert.deepEqual(world.sent.map(({ typed }) => typed.title[0]), ["De"]);
});

test("who never stops typing has less than two seconds of it that are not sent", async () => {
  const { world, wind, type } = bench();
  const [key, answers] = [100, 3]; // a key every 100 ms, and an answer three keys after each request
  let onTheWay = 0;
  for (let typed = 1; typed <= 100; typed += 1) {
    type("x".repeat(typed));
    wind(key);
    const sent = world.sent.at(-1);
    assert.ok((typed - (sent?.typed.title[0].length ?? 0)) * key < 2000, `after ${typed} keys`);
    onTheWay = sent && !sent.done ? onTheWay + 1 : 0;
    if (onTheWay === answers) sent.done = (sent.yes({ saved_at: "now" }), true);
    await settled();
  }
});

test("one request is on its way at a time, and what was typed meanwhile follows", async () => {
  const { world, keeper, wind, type } = bench();
  type("one");
  wind(1000);
  type("two");
  wind(60_000);
  keeper.flush();
  assert.equal(world.sent.length, 1);
  assert.equal(keeper.isSending(), true);
  world.sent[0].yes({ saved_at: "now" });
  await settled();
  wind(1000);
  assert.deepEqual(world.sent.map(({ typed }) => typed.title[0]), ["one", "two"]);
});

test("after a failure it is tried again, each time later, and then all is well", async () => {
  const { world, keeper, wind, type } = bench();
  type("text");
  wind(1000);
  for (const pause of [2000, 4000, 8000]) {
    const before = world.sent.length;
    world.sent.at(-1).no({ reason: "no connection", final: false });
    await settled();
    assert.deepEqual(world.told.at(-1), ["failed", "no connection"]);
    assert.equal(keeper.hasFailed(), true);
    wind(pause - 1);
    assert.equal(world.sent.length, before);
    wind(1);
    assert.equal(world.sent.length, before + 1);
  }
  world.sent.at(-1).yes({ saved_at: "now" });
  await settled();
  assert.deepEqual(world.told.at(-1), ["autosaved", { saved_at: "now" }]);
  assert.equal(keeper.isStored() && !keeper.hasFailed(), true);
});

test("what is refused for good is tried again only when something else is typed", async () => {
  const { world, wind, type } = bench();
  type("too large");
  wind(1000);
  world.sent[0].no({ reason: "more than 300 kB", final: true });
  await settled();
  assert.deepEqual(world.told.at(-1), ["refused", "more than 300 kB"]);
  wind(600_000);
  assert.equal(world.sent.length, 1);
  type("smaller");
  wind(1000);
  assert.equal(world.sent.length, 2);
});

test("what is typed and taken back again is not sent", () => {
  const { world, keeper, wind, type } = bench();
  type("x");
  type("");
  wind(10_000);
  assert.equal(world.sent.length, 0);
  assert.equal(keeper.isStored(), true);
});
