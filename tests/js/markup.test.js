import assert from "node:assert/strict";
import { test } from "node:test";
import { emphasized, linked, prefixedLines } from "../../static/storymap/js/markup.js";

function done(value, { from, to, text, select }) {
  const after = value.slice(0, from) + text + value.slice(to);
  return [after, after.slice(...select)];
}
const edit = (value, chosen, change, ...more) => {
  const start = value.indexOf(chosen);
  return done(value, change(value, start, start + chosen.length, ...more));
};

test("bold and italic surround the words and are taken back", () => {
  assert.deepEqual(edit("one two three", "two", emphasized, "**"), ["one **two** three", "two"]);
  assert.deepEqual(edit("one **two** three", "two", emphasized, "**"), ["one two three", "two"]);
  assert.deepEqual(edit("one **two** three", "two", emphasized, "*"), ["one ***two*** three", "two"]);
  assert.deepEqual(edit("one ***two*** three", "two", emphasized, "*"), ["one **two** three", "two"]);
  assert.deepEqual(edit("one *two* three", "two", emphasized, "**"), ["one ***two*** three", "two"]);
});

test("spaces at the ends of a selection stay outside, as Markdown wants it", () => {
  assert.deepEqual(edit("one two three", " two ", emphasized, "*"), ["one *two* three", "two"]);
});

test("without a selection the marks are there to be filled", () => {
  assert.deepEqual(done("one ", emphasized("one ", 4, 4, "**")), ["one ****", ""]);
  assert.deepEqual(done("one ****", emphasized("one ****", 6, 6, "**")), ["one ", ""]);
});

test("whole lines become a quotation or a list, and lines again", () => {
  assert.deepEqual(edit("one\ntwo\nthree", "e\ntw", prefixedLines, "> "), ["> one\n> two\nthree", "> one\n> two"]);
  assert.deepEqual(edit("> one\n> two\nthree", "one\n> two", prefixedLines, "> "), ["one\ntwo\nthree", "one\ntwo"]);
  assert.deepEqual(edit("- one\ntwo", "- one\ntwo", prefixedLines, "- "), ["- - one\n- two", "- - one\n- two"]);
  assert.deepEqual(done("", prefixedLines("", 0, 0, "- ")), ["- ", ""]);
});

test("a link selects what is left to write", () => {
  assert.deepEqual(edit("see here", "here", linked, "https://"), ["see [here](https://)", "https://"]);
  assert.deepEqual(done("see ", linked("see ", 4, 4, "https://")), ["see [](https://)", ""]);
  assert.deepEqual(edit("they met there", "met", linked, "#meeting", "A meeting"), ["they [met](#meeting) there", ""]);
  assert.deepEqual(done("", linked("", 0, 0, "#meeting", "A [b] c")), ["[A \\[b\\] c](#meeting)", ""]);
});
