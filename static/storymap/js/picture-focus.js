// The focal point on the picture itself: click it, or move it with the arrow keys. The two number fields say the same.
import { filledIn } from "./file-checks.js";
import { partAt, pointTyped, steppedPoint } from "./focus-point.js";

const CROPS = ["wide", "square", "tall"];

function cropsOf(words) {
  const crops = CROPS.map((shape) => Object.assign(document.createElement("img"), { alt: "", className: `crop ${shape}` }));
  const row = Object.assign(document.createElement("span"), { className: "crops" });
  row.append(Object.assign(document.createElement("span"), { textContent: words.crops }), ...crops);
  return { row, crops };
}

function stageOf(words) {
  const stage = Object.assign(document.createElement("span"), { className: "focus-stage", tabIndex: 0, role: "application", ariaLabel: words.focus });
  const mark = Object.assign(document.createElement("span"), { className: "focus-mark", hidden: true });
  return { stage, mark };
}

export function openFocus(shown, x, y, words) {
  const { stage, mark } = stageOf(words);
  const { row, crops } = cropsOf(words);
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  const none = Object.assign(document.createElement("button"), { type: "button", textContent: words.none });
  const picture = shown.querySelector("img") ?? Object.assign(document.createElement("img"), { alt: "" });

  const paint = () => {
    const point = pointTyped(x.value, y.value);
    mark.hidden = !point;
    const [left, top] = (point ?? [0.5, 0.5]).map((part) => `${part * 100}%`);
    Object.assign(mark.style, { left, top });
    for (const crop of crops) crop.style.objectPosition = `${left} ${top}`;
    none.disabled = !point;
  };
  const move = (point) => {
    [x.value, y.value] = point ?? ["", ""];
    said.textContent = point ? filledIn(words.at, { x: `${Math.round(point[0] * 100)} %`, y: `${Math.round(point[1] * 100)} %` }) : "";
    paint();
  };
  const show = (source) => {
    picture.src = source;
    for (const crop of crops) crop.src = source;
    shown.replaceChildren(stage, row, none, said);
    stage.append(picture, mark);
    paint();
  };
  stage.addEventListener("click", (event) => move(partAt(picture.getBoundingClientRect(), event.clientX, event.clientY)));
  stage.addEventListener("keydown", (event) => {
    const point = !event.ctrlKey && !event.altKey && !event.metaKey && steppedPoint(pointTyped(x.value, y.value), event.key, event.shiftKey);
    if (!point) return;
    event.preventDefault(); // the page is not to scroll
    move(point);
  });
  none.addEventListener("click", () => move(null));
  for (const input of [x, y]) input.addEventListener("input", paint);
  if (picture.src) show(picture.src);
  return { show, clear: () => move(null) };
}
