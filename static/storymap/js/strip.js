// The timeline strip: it follows the reader and leads to moments. One tab stop; arrows move between marks.
import { whenIdle } from "./idle.js";
import { headOfMoment } from "./moment-head.js";

const SIZE = 10; // pixels of a shape
const TIMES = 6; // in which the marks are drawn: all at once would hold up the reader
const DRAWING_WAIT = 200; // milliseconds until a busy page draws some all the same
const RADIUS = 0.375; // of a dot, which most are and which is no shape of its own: the page is there sooner

function emphasize(mark, size) {
  mark?.element.classList.toggle("here", size > SIZE);
  const measures = mark?.shape.localName === "circle" ? { r: RADIUS * size } : { width: size, height: size };
  Object.entries(measures).forEach((measure) => mark?.shape.setAttribute(...measure));
}

function eventOf(mark) {
  return mark?.getAttribute("href").slice(1);
}

function nearest(marks, at, lane) {
  let [best, least] = [null, Infinity];
  for (const mark of marks) {
    const far = Math.abs(mark.at - at) + Math.abs(mark.lane - lane);
    if (far < least) [best, least] = [mark, far];
  }
  return best;
}

// Marks wait until the text and the map are there (timeline.css); then the page draws them when it is idle.
function drawInTurn(marks, done) {
  const [waiting, each] = [[...marks], Math.ceil(marks.length / TIMES)];
  const soon = () => whenIdle(() => {
    waiting.splice(0, each).forEach(({ element }) => element.classList.add("drawn"));
    if (waiting.length) soon();
    else done();
  }, DRAWING_WAIT);
  soon();
}

// Returns how to ask for the marks; `done` is called when all are there.
export function attachStrip(root, reader, isHidden) {
  const strip = root.querySelector("[data-strip]");
  const [label, cursor] = [root.querySelector("[data-mark-label]"), strip.querySelector("[data-cursor]")];
  const marks = [...strip.querySelectorAll(".mark")].map((element) => {
    const { lastElementChild: shape, dataset: { of: chapter, at, width = 0 } } = element;
    const start = parseFloat(at ?? shape.getAttribute("cx") ?? shape.getAttribute("x")); // a point of time begins where it stands
    return { element, shape, event: eventOf(element), chapter, start, width: Number(width) };
  });
  const ofEvent = new Map(marks.map((mark) => [mark.event, mark]));
  const inOrder = [...marks].sort((a, b) => a.start - b.start);
  let [now, here, stop] = [[], null, null];

  const shown = () => inOrder.filter((mark) => !isHidden(mark.event));
  const words = (mark) => {
    const [when, title] = headOfMoment(mark?.event);
    return when ? `${when.firstChild.textContent.trim()} · ${title.textContent}` : "";
  };
  const say = (mark) => (label.textContent = words(mark ?? here));
  // one stop for Tab, and one link for who reads with the ears: all of them would stand between map and text
  const tabTo = (mark) => {
    if (mark === stop) return;
    stop?.element.setAttribute("tabindex", "-1");
    stop?.element.setAttribute("aria-hidden", "true");
    stop = mark;
    stop?.element.setAttribute("tabindex", "0");
    stop?.element.removeAttribute("aria-hidden");
    stop?.element.removeAttribute("aria-labelledby"); // the page's own: the whole moment, for readers without this script
    stop?.element.setAttribute("aria-label", words(stop));
  };
  const at = (event) => {
    const box = strip.getBoundingClientRect();
    const all = shown().map((mark) => ({ mark, at: ((mark.start + mark.width / 2) * box.width) / 100, lane: laneOf(mark) }));
    return nearest(all, event.clientX - box.left, ((event.clientY - box.top) * 62) / box.height)?.mark;
  };
  const laneOf = (mark) => (mark.lane ??= Number(mark.shape.getAttribute("cy") ?? Number(mark.shape.getAttribute("y")) + SIZE / 2));

  strip.addEventListener("keydown", (event) => {
    const all = shown();
    const index = all.indexOf(stop);
    const next = { ArrowRight: index + 1, ArrowLeft: index - 1, Home: 0, End: all.length - 1 }[event.key];
    if (next === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    if (!all[next]) return;
    tabTo(all[next]);
    all[next].element.focus();
  });
  // not on the strip itself: an SVG that listens for focus becomes a tab stop
  strip.parentElement.addEventListener("focusin", ({ target }) => say(ofEvent.get(eventOf(target.closest(".mark")))));
  strip.parentElement.addEventListener("focusout", () => say(null));
  strip.addEventListener("pointermove", (event) => event.pointerType === "mouse" && say(at(event)));
  strip.addEventListener("pointerleave", () => say(null));
  strip.addEventListener("click", (event) => {
    event.preventDefault();
    const mark = event.detail ? at(event) : ofEvent.get(eventOf(event.target.closest(".mark")));
    if (mark) reader.goMoment(mark.event);
  });
  marks.forEach(({ element }) => element.setAttribute("aria-hidden", "true"));
  reader.on("change", ({ chapter, moment }) => {
    now.forEach(({ element }) => element.classList.remove("now"));
    now = marks.filter((mark) => mark.chapter === reader.slugs[chapter]);
    now.forEach(({ element }) => element.classList.add("now"));
    emphasize(here, SIZE);
    here = ofEvent.get(moment) ?? null;
    emphasize(here, 1.5 * SIZE);
    const mark = here ?? now[0];
    if (!strip.contains(document.activeElement)) tabTo(mark ?? stop ?? inOrder[0]);
    cursor.toggleAttribute("hidden", !mark);
    if (mark) cursor.setAttribute("x", `${mark.start + mark.width / 2}%`);
    say(null);
  });
  return (done) => drawInTurn(inOrder, done);
}
