import assert from "node:assert/strict";
import { test } from "node:test";
import { sentencesOf } from "../../static/storymap/js/sentences.js";

const words = (text, language) => sentencesOf(text, language).map((sentence) => sentence.text);

test("text is read sentence by sentence", () => {
  assert.deepEqual(words("What did they want? Freedom. “No,” he said.", "en"), ["What did they want?", "Freedom.", "“No,” he said."]);
  assert.deepEqual(words("¿Qué pedían? La libertad.", "es"), ["¿Qué pedían?", "La libertad."]);
  assert.deepEqual(words("人質は解放された。大使は残った。", "ja"), ["人質は解放された。", "大使は残った。"]);
});

test("offsets point at the words in the text", () => {
  const text = "  One. \n Two is longer.  ";
  for (const { text: found, start, end } of sentencesOf(text, "en")) assert.equal(text.slice(start, end), found);
});

test("a very long sentence is read in pieces, and nothing is lost", () => {
  const text = `${"a long list of words, ".repeat(40)}and an end.`;
  const pieces = words(text, "en");
  assert.ok(pieces.length > 3);
  assert.ok(pieces.every((piece) => piece.length <= 221));
  assert.equal(pieces.join(" "), text);
});

test("empty text has no sentences", () => {
  assert.deepEqual(sentencesOf(" \n ", "en"), []);
});

test("browsers without Intl.Segmenter split at full stops", () => {
  const { Segmenter } = Intl;
  Intl.Segmenter = undefined;
  try {
    assert.deepEqual(words("One. Two!", "en"), ["One.", "Two!"]);
    assert.deepEqual(words("一。二。", "ja"), ["一。", "二。"]);
    assert.deepEqual(words("A heading without an end", "en"), ["A heading without an end"]);
  } finally {
    Intl.Segmenter = Segmenter;
  }
});
