// Chapters out of sight are not laid out while the page opens. They are as soon as it has nothing better to do, first the
// narration and then the events of each, and all of it at once where the reader goes to a line within a chapter. What is
// being read stays where it is. A page that opens at a chapter is laid out before the place is looked for. A very long
// story stays folded.
import { whenIdle } from "./idle.js";
import { readRoute } from "./route.js";

const UNFOLDING_WAIT = 300; // milliseconds until a busy page does one part all the same

// `reader` of steps.js, not started yet; `done` is called when every chapter has its true height. Returns how to ask for it, when idle.
export function unfold(reader, done) {
  const root = document.documentElement;
  if (root.classList.contains("long")) return done;
  const folded = reader.articles.flatMap((article) => [article, ...article.querySelectorAll(".events")]);
  let callOff = () => {};
  const open = (many) => {
    const read = reader.articles[reader.state.chapter];
    const before = read.getBoundingClientRect().top;
    root.style.setProperty("overflow-anchor", "none"); // the browser would take back the same movement once more
    folded.splice(0, many).forEach((part) => part.classList.add("unfolded"));
    const moved = read.getBoundingClientRect().top - before;
    if (moved) window.scrollBy({ top: moved, behavior: "instant" });
    root.style.removeProperty("overflow-anchor");
    if (!folded.length) {
      callOff();
      done();
    }
  };
  const soon = () => {
    if (!folded.length) return;
    callOff = whenIdle(() => {
      open(1);
      soon();
    }, UNFOLDING_WAIT);
  };
  const { chapter, moment } = readRoute(location.href, reader.base, reader.slugs);
  if (chapter !== null || moment) open(folded.length);
  reader.on("within", () => folded.length && open(folded.length));
  return soon;
}
