import assert from "node:assert/strict";
import { test } from "node:test";
import { stepWords } from "../../static/storymap/js/announcing.js";
import { learnWords } from "../../static/storymap/js/words.js";

learnWords({ getElementById: () => ({ textContent: '{"liveChapter": "Chapter {number} of {total}: {title}"}' }) });
const chapter = { number: 3, total: 15, title: "Demands" };
const moment = { title: "Demands are read out", when: "17 December 1996", place: "Lima" };

test("a step to a chapter says which of how many", () => {
  assert.equal(stepWords(chapter, null, true), "Chapter 3 of 15: Demands");
  assert.equal(stepWords(chapter, null, false), "Chapter 3 of 15: Demands");
});

test("a step to a moment says what, when and where, and the chapter when it is another", () => {
  const words = "Demands are read out · 17 December 1996 · Lima";
  assert.equal(stepWords(chapter, moment, false), words);
  assert.equal(stepWords(chapter, moment, true), `Chapter 3 of 15: Demands · ${words}`);
  assert.equal(stepWords(chapter, { ...moment, place: undefined }, false), "Demands are read out · 17 December 1996");
});
