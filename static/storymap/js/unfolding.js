// Chapters out of sight are not laid out while the page opens. Once it can be used they are, one at a time, and what
// is being read stays where it is. In a very long story they stay folded until they come near.
import { whenIdle } from "./idle.js";

const UNFOLDING_WAIT = 300; // milliseconds until a busy page does it all the same

// `reader` of steps.js; `done` is called when every chapter has its true height.
export function unfold(reader, done) {
  const { articles, state } = reader;
  const root = document.documentElement;
  const below = articles.slice(state.chapter);
  const above = articles.slice(0, state.chapter).reverse();
  const waiting = root.classList.contains("long") ? [] : [...below, ...above];
  const next = () => {
    if (!waiting.length) {
      root.style.removeProperty("overflow-anchor");
      return done();
    }
    if (!reader.isMoving()) {
      const read = articles[state.chapter];
      const before = read.getBoundingClientRect().top;
      waiting.shift().classList.add("unfolded");
      const moved = read.getBoundingClientRect().top - before;
      if (moved) window.scrollBy({ top: moved, behavior: "instant" });
    }
    whenIdle(next, UNFOLDING_WAIT);
  };
  root.style.setProperty("overflow-anchor", "none"); // the browser would take back the same movement once more
  whenIdle(next, UNFOLDING_WAIT);
}
