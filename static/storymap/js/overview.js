// The whole story above the chapter's own time: where in it the reader is. A press goes to the chapter that is told of there.
import { headOfChapter } from "./fact-card.js";
import { makeRuler } from "./labels.js";
import { namesIn } from "./time-layout.js";

const LETTERS = 11; // pixels, as in timeline.css

// Names at ticks (svg.tick, each with its place in per cent) are written where they do not meet.
export function letterTicks(ticks, width, measure) {
  const texts = ticks.map((tick) => tick.querySelector("text"));
  const names = ticks.map((tick, n) => ({ x: (parseFloat(tick.getAttribute("x")) * width) / 100, width: measure(texts[n].textContent, LETTERS) }));
  namesIn(names, width).forEach((start, n) => {
    texts[n].toggleAttribute("hidden", start === null);
    texts[n].setAttribute("text-anchor", "start");
    texts[n].setAttribute("x", (start ?? 0) - names[n].x);
  });
}

// Where a stroke of a path begins and ends, in thousandths.
function endsOf(stroke) {
  const [, from, length = 0] = stroke.match(/M(\d+) \d+(?:h(\d+))?/);
  return [Number(from), Number(from) + Number(length)];
}

// `eventsOf(chapter)`: its dated events, a stroke each. `peek`: of the fact card. Returns { draw() }.
export function attachOverview(root, reader, { eventsOf, isHidden, peek }) {
  const overview = root.querySelector("[data-overview]");
  const cursor = overview.querySelector("[data-cursor]");
  const lines = [...overview.querySelectorAll(".line")].map((line) => {
    const strokes = line.getAttribute("d").split(/(?=M)/).filter(Boolean);
    return { line, strokes, ends: strokes.map(endsOf) };
  });
  const measure = makeRuler(overview);
  let now = null;

  const chapterAt = ({ clientX }) => {
    const { left, width } = overview.getBoundingClientRect();
    const at = (1000 * (clientX - left)) / width;
    const off = ([from, until]) => Math.max(from - at, at - until, 0) + (until - from) / 100; // of two, the more exact
    const far = lines.map(({ ends }) => Math.min(...ends.map(off)));
    return far.indexOf(Math.min(...far));
  };
  overview.addEventListener("click", (event) => reader.goChapter(reader.slugs[chapterAt(event)]));
  overview.addEventListener("pointermove", (event) => {
    if (event.pointerType === "mouse") peek(headOfChapter(reader.articles[chapterAt(event)]));
  });
  overview.addEventListener("pointerleave", () => peek(null));
  reader.on("change", ({ chapter, moment }) => {
    now?.classList.remove("now");
    now = lines[chapter].line;
    now.classList.add("now");
    const { ends } = lines[chapter];
    const at = ends[eventsOf(chapter).indexOf(moment)] ?? ends[0];
    cursor.toggleAttribute("hidden", !at);
    if (at) cursor.setAttribute("x", `${(at[0] + at[1]) / 20}%`);
  });
  new ResizeObserver(([{ contentRect }]) => letterTicks([...overview.querySelectorAll(".tick")], contentRect.width, measure)).observe(overview);
  return {
    draw: () => lines.forEach(({ line, strokes }, chapter) => {
      const events = eventsOf(chapter);
      line.setAttribute("d", strokes.filter((_, n) => !isHidden(events[n])).join(""));
    }),
  };
}
