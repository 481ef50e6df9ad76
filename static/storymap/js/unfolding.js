// Chapters out of sight are not laid out while the page opens. They are as soon as it has nothing better to do, and all of
// them at once where the reader goes to a line within a chapter. What is being read stays where it is. A page that opens at
// a chapter is laid out before the place is looked for. A very long story stays folded.
import { whenIdle } from "./idle.js";
import { readRoute } from "./route.js";

const UNFOLDING_WAIT = 300; // milliseconds until a busy page does one part all the same
const CALM = 600; // milliseconds without a step: whoever steps through the story does not wait for what they do not see

// `reader` of steps.js, not started yet; `done` is called when every chapter has its true height. Returns how to ask for it, when idle.
export function unfold(reader, done) {
  const root = document.documentElement;
  if (root.classList.contains("long")) return done;
  const folded = [...reader.articles];
  let [callOff, calm, asked] = [() => {}, 0, false];
  let owed = 0; // pixels: a scroll stops at whole ones, and many parts would add up
  const open = (many) => {
    const read = reader.articles[reader.state.chapter];
    const where = () => read.getBoundingClientRect().top;
    const right = where() - owed;
    root.style.setProperty("overflow-anchor", "none"); // the browser would take back the same movement once more
    folded.splice(0, many).forEach((part) => part.classList.add("unfolded"));
    if (where() !== right) window.scrollBy({ top: where() - right, behavior: "instant" });
    owed = (where() - right) % 1;
    root.style.removeProperty("overflow-anchor");
    if (!folded.length) {
      callOff();
      done();
    }
  };
  const soon = () => {
    asked = true;
    if (!folded.length) return;
    callOff = whenIdle(() => {
      open(1);
      soon();
    }, UNFOLDING_WAIT);
  };
  const { chapter, moment } = readRoute(location.href, reader.base, reader.slugs);
  if (chapter !== null || moment) open(folded.length);
  reader.on("change", () => {
    if (!asked || !folded.length) return;
    callOff();
    clearTimeout(calm);
    calm = setTimeout(soon, CALM);
  });
  reader.on("within", () => folded.length && open(folded.length));
  return soon;
}
