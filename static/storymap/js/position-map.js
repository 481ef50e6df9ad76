// The map beside the found places: where the chosen one lies, and a pin to move where that is not exact. Without it, and
// without a map library, the position can be typed.
import { create } from "./create.js";
import { openPickerMap } from "./picker-map.js";
import { reachOf, tidy } from "./pin-memory.js";

const NEAREST = 9; // the atlas shows no streets

const pairIn = (text) => {
  const numbers = /^\s*(-?[\d.]+)\s*,\s*(-?[\d.]+)\s*$/.exec(text ?? "")?.slice(1).map(Number);
  return numbers && Math.abs(numbers[0]) <= 90 && numbers.every(Number.isFinite) ? numbers : null;
};

function buildFound(words) {
  const parts = {
    map: create("div", { className: "map", tabIndex: 0, role: "application", ariaLabel: words.map }),
    status: create("p", { role: "status" }),
    back: create("button", { type: "button", className: "button", textContent: words.undo, hidden: true }),
  };
  return { ...parts, whole: create("div", { className: "place-picker" }, parts.map, parts.status, parts.back) };
}

export function openFoundMap(box) {
  if (!globalThis.L) return;
  const { ground, words } = JSON.parse(box.dataset.found);
  const parts = buildFound(words);
  const typed = box.querySelector("[name=moment-at]");
  const [radius, precision] = ["radius", "precision"].map((name) => box.querySelector(`[name=moment-${name}]`));
  const chosen = () => box.querySelector("[name=moment-place]:checked");
  const choices = box.querySelector("fieldset");
  if (choices) choices.after(parts.whole);
  else box.append(parts.whole);
  const map = openPickerMap(parts.map, ground, words, (at, pixel) => move(tidy(at, pixel, shown()), reachOf(pixel)));

  const own = () => (chosen() && !("known" in chosen().dataset) ? pairIn(typed.value) : null);
  const shown = () => own() ?? pairIn(chosen()?.dataset.at);
  const show = (near) => {
    const at = shown();
    if (at) map.show(at, Number(radius.value || (own() ? 0 : chosen().dataset.radius)), near);
    else map.hide();
    parts.back.hidden = !typed?.value;
  };
  const write = (text, reach) => {
    [typed.value, radius.value, precision.value] = [text, reach, ""];
    for (const field of [typed, radius, precision]) field.dispatchEvent(new Event("input", { bubbles: true })); // the autosave is to know
  };
  const seek = (at, reach) => {
    const { find, "moment-asked": asked } = box.closest("form").elements;
    asked.value = at.join(", ");
    box.append(create("input", { type: "hidden", name: "moment-radius", value: reach }));
    box.closest("form").requestSubmit(find);
  };
  const move = (at, reach) => {
    if (!typed) return seek(at, reach); // nothing was found: then it is here
    const known = !chosen() || "known" in chosen().dataset;
    if (!known) write(at.join(", "), reach);
    parts.status.textContent = known ? words.known : words.moved.replace("{at}", at.join(", ")).replace("{radius}", reach);
    show();
  };
  box.addEventListener("change", ({ target }) => {
    if (target.name === "moment-place") write("", ""); // it was of the other place
    if (target.name === "moment-place") parts.status.textContent = "";
    if (target.name === "moment-place" || target === typed || target === radius) show(NEAREST);
  });
  parts.back.addEventListener("click", () => {
    write("", "");
    parts.status.textContent = words.back;
    show(NEAREST);
    parts.map.focus();
  });
  show(NEAREST);
}
