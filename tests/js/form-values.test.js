import assert from "node:assert/strict";
import { test } from "node:test";
import { hiddenValues, typedIn } from "../../static/storymap/js/form-values.js";

const text = (name, value, defaultValue = "") => ({ name, type: "text", value, defaultValue });
const hidden = (name, value) => ({ name, type: "hidden", value, defaultValue: value });
const box = (name, checked, defaultChecked, value = "on") => ({ name, type: "checkbox", value, checked, defaultChecked });
const select = (name, chosen, atFirst, type = "select-one") => ({
  name,
  type,
  multiple: type !== "select-one",
  options: ["", "a", "b"].map((value) => ({ value, selected: chosen.includes(value), defaultSelected: atFirst.includes(value) })),
});
const typed = (inputs, ...rest) => typedIn(inputs, hiddenValues([]), ...rest);

test("only what differs from how the page came is told", () => {
  assert.deepEqual(typed([text("title", "New", "Old"), text("slug", "same", "same")]), { title: ["New"] });
  assert.deepEqual(typed([text("title", "", "Old")]), { title: [""] });
  assert.deepEqual(typed([box("later", false, true), box("kept", true, true)]), { later: [] });
  assert.deepEqual(typed([select("status", ["a"], ["b"]), select("kind", [""], [])]), { status: ["a"] });
  assert.deepEqual(typed([select("kinds", ["a", "b"], ["a"], "select-multiple")]), { kinds: ["a", "b"] });
});

test("boxes of one name are one list", () => {
  assert.deepEqual(typed([box("days", true, false, "mo"), box("days", true, true, "tu"), box("days", false, false, "we")]), { days: ["mo", "tu"] });
});

test("a hidden input counts when a script has changed it", () => {
  const was = hiddenValues([hidden("area", "[]"), hidden("other", "1")]);
  assert.deepEqual(typedIn([hidden("area", "[1]"), hidden("other", "1")], was), { area: ["[1]"] });
});

test("of a chosen file the name is told, and of none nothing", () => {
  const file = (...names) => ({ name: "recording", type: "file", value: "C:\\fakepath\\a.mp3", files: names.map((name) => ({ name })) });
  assert.deepEqual(typed([file("a.mp3")]), { recording: ["a.mp3"] });
  assert.deepEqual(typed([file(), text("title", "New")], new Set(), true), { title: ["New"] });
});

test("passwords, tokens, counters of rows and the empty row are never told", () => {
  const never = [text("csrfmiddlewaretoken", "s"), text("_autosave_key", "k"), text("moments-TOTAL_FORMS", "3"), text("moments-__prefix__-event", "1")];
  never.push({ ...text("secret", "s"), type: "password" }, text("", "nameless"));
  assert.deepEqual(typed(never), {});
});

test("a row that was touched is told with its key", () => {
  const row = (n, position) => [hidden(`moments-${n}-id`, `${n + 70}`), text(`moments-${n}-position`, position, "1")];
  const inputs = [...row(0, "1"), ...row(1, "5")];
  assert.deepEqual(typedIn(inputs, hiddenValues(inputs)), { "moments-1-id": ["71"], "moments-1-position": ["5"] });
});

test("of something new all is told that is not empty, once something was typed", () => {
  const inputs = [text("title", "T"), text("slug", ""), select("story", ["a"], ["a"]), hidden("version", "1")];
  const was = hiddenValues(inputs);
  assert.deepEqual(typedIn(inputs, was, new Set(), true), { title: ["T"], story: ["a"] });
  assert.deepEqual(typedIn([select("story", ["a"], ["a"])], was, new Set(), true), {});
});

test("what an autosave brought into the form is told although the page came with it", () => {
  assert.deepEqual(typed([text("title", "T", "T"), text("slug", "s", "s")], new Set(["title"])), { title: ["T"] });
});

test("half a sign is no text, and lines end as browsers show them", () => {
  assert.deepEqual(typed([text("title", "a\ud83d\r\nb")]), { title: ["a\ufffd\nb"] });
});
