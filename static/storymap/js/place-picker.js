// The place form: numbers, map and search say the same. Without this file the numbers are still there.
import { create } from "./create.js";
import { openPickerMap } from "./picker-map.js";
import { makePinMemory, oddity, reachOf, tidy } from "./pin-memory.js";

function build(words) {
  const parts = {
    query: create("input", { type: "search", className: "vTextField", autocomplete: "off" }),
    find: create("button", { type: "button", textContent: words.find }),
    undo: create("button", { type: "button", textContent: words.undo, disabled: true }),
    status: create("p", { role: "status" }),
    answers: create("ul", { className: "answers", ariaLabel: words.results }),
    warning: create("p", { className: "warning", role: "alert" }),
    map: create("div", { className: "map", tabIndex: 0, role: "application", ariaLabel: words.map }),
  };
  const asking = create("div", { className: "asking" }, create("label", {}, words.search, parts.query), parts.find, parts.undo);
  const { status, answers, warning, map } = parts;
  return { ...parts, whole: create("div", { className: "place-picker" }, asking, status, answers, warning, map) };
}

function openPicker(lat, lng, radius, precision) {
  const { find, ground, words, neighbours } = JSON.parse(lat.dataset.picker);
  const parts = build(words);
  lat.closest(".form-row").before(parts.whole);
  const typed = () => (lat.value && lng.value && lat.checkValidity() && lng.checkValidity() ? [Number(lat.value), Number(lng.value)] : null);
  const memory = makePinMemory(typed());
  const map = openPickerMap(parts.map, ground, words, (at, pixel) => move(tidy(at, pixel, typed()), { radius: reachOf(pixel) }));

  const show = (at, near) => {
    if (at) map.show(at, Math.max(0, Number(radius.value)) || 0, near);
    else map.hide();
    const odd = at && oddity(at, neighbours);
    parts.warning.textContent = odd ? words[odd.word].replace("{number}", odd.number) : "";
    parts.undo.disabled = !memory.canGoBack();
  };
  const write = (at) => ([lat.value, lng.value] = at ?? ["", ""]);
  let typedRadius = Number(radius.value); // what the editor has said is not made smaller by moving the pin
  const say = (known) => {
    radius.value = Math.max(typedRadius, known.radius);
    if (precision.value === "" || Number(radius.value) === known.radius) precision.value = known.precision ?? "point";
  };
  const move = (at, known, near) => {
    memory.go(at);
    write(at);
    say(known);
    parts.answers.replaceChildren();
    parts.status.textContent = words.moved.replace("{at}", at.join(", ")).replace("{radius}", radius.value);
    show(at, near);
  };
  const offer = (name, at, known) => {
    const button = create("button", { type: "button", textContent: name });
    button.addEventListener("click", () => move(tidy(at), known, 9));
    parts.answers.append(create("li", {}, button));
  };
  let asked = 0;
  const ask = async (text) => {
    const turn = ++asked;
    parts.answers.replaceChildren();
    parts.status.textContent = words.searching;
    const answer = await fetch(`${find}?${new URLSearchParams({ q: text })}`).then((response) => response.json()).catch(() => ({ problem: words.failed }));
    if (turn !== asked) return; // a later question was faster
    parts.status.textContent = answer.problem || answer.attribution || "";
    if (answer.at) move(tidy(answer.at), answer, 9);
    if (answer.swapped) offer(`${words.swap}: ${answer.swapped.join(", ")}`, answer.swapped, answer);
    answer.candidates?.forEach((found) => offer(found.name, found.at, found));
  };
  parts.find.addEventListener("click", () => ask(parts.query.value));
  parts.query.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault(); // the form is not to be saved
    ask(parts.query.value);
  });
  parts.undo.addEventListener("click", () => {
    const at = memory.back();
    write(at);
    parts.status.textContent = at ? words.moved.replace("{at}", at.join(", ")).replace("{radius}", radius.value) : "";
    show(at);
  });
  for (const input of [lat, lng]) {
    input.addEventListener("change", () => {
      if (typed()) memory.go(typed());
      show(typed());
    });
    input.addEventListener("paste", (event) => {
      const text = event.clipboardData.getData("text").trim();
      if (/^[+-]?[\d.]*$/.test(text)) return;
      event.preventDefault(); // more than one number: both fields
      ask(text);
    });
  }
  radius.addEventListener("input", () => {
    typedRadius = Number(radius.value);
    show(typed());
  });
  show(typed(), 6);
}

const field = (name) => document.querySelector(`#id_${name}`);
if (field("latitude")?.dataset.picker) openPicker(field("latitude"), field("longitude"), field("radius"), field("precision"));
