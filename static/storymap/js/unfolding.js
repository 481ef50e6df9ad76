// Chapters out of sight are not laid out while the page opens. They are as soon as it has nothing better to do, and at
// the latest when the reader moves; what is being read stays where it is. A page that opens at a chapter is laid out
// before the place is looked for: nothing must grow once it is found. A very long story stays folded.
import { whenIdle } from "./idle.js";
import { readRoute } from "./route.js";

const UNFOLDING_WAIT = 300; // milliseconds until a busy page does it all the same
const MOVES = ["keydown", "pointerdown", "wheel", "touchstart", "click", "popstate"];

// `reader` of steps.js, not started yet; `done` is called when every chapter has its true height. Returns how to ask for it, when idle.
export function unfold(reader, done) {
  const root = document.documentElement;
  let callOff = () => {};
  const all = () => {
    callOff();
    MOVES.forEach((move) => removeEventListener(move, all, true));
    const read = reader.articles[reader.state.chapter];
    const before = read.getBoundingClientRect().top;
    root.style.setProperty("overflow-anchor", "none"); // the browser would take back the same movement once more
    root.classList.add("unfolded");
    const moved = read.getBoundingClientRect().top - before;
    if (moved) window.scrollBy({ top: moved, behavior: "instant" });
    root.style.removeProperty("overflow-anchor");
    done();
  };
  if (root.classList.contains("long")) return done;
  const { chapter, moment } = readRoute(location.href, reader.base, reader.slugs);
  if (chapter !== null || moment) {
    all();
    return () => {};
  }
  MOVES.forEach((move) => addEventListener(move, all, { capture: true, passive: true }));
  return () => {
    if (!root.classList.contains("unfolded")) callOff = whenIdle(all, UNFOLDING_WAIT);
  };
}
