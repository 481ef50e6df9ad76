// The height at which one reads: what crosses it is what is being read.
import { passagesOf } from "./passages.js";

const MARGINS = { tall: "-66% 0px -33% 0px", wide: "-50% 0px -49% 0px" };
const NEAR = 9; // pixels

// Where a moment is put: in the middle, where one reads; one that is higher than what can be seen from its beginning on.
export function lineOf(moment) {
  const { scrollPaddingTop, scrollPaddingBottom } = getComputedStyle(document.documentElement);
  const seen = innerHeight - parseFloat(scrollPaddingTop) - parseFloat(scrollPaddingBottom);
  return moment.offsetHeight > seen ? "start" : "center";
}

// `wide` matches where the map stands beside the text. `heard` is told what crosses the line and what has left it.
// Returns { crosses(element), watch(parts): anew, as after a turn, watchPassagesOf(article) }.
export function readingLine(wide, heard) {
  let [observer, passages] = [null, []];
  const crosses = (element) => {
    const { top, bottom } = element.getBoundingClientRect();
    const line = innerHeight * (wide.matches ? 0.5 : 0.665);
    return top <= line + NEAR && bottom >= line - NEAR;
  };
  const report = (entries) => {
    // a report may be older than a jump
    const crossing = entries.filter((entry) => entry.isIntersecting && crosses(entry.target));
    const left = entries.filter((entry) => !entry.isIntersecting);
    heard(...[crossing, left].map((some) => some.map((entry) => entry.target)));
  };
  const watchPassagesOf = (article) => {
    passages.forEach((element) => observer.unobserve(element));
    passages = passagesOf(article);
    passages.forEach((element) => observer.observe(element));
  };
  const watch = (parts) => {
    observer?.disconnect();
    observer = new IntersectionObserver(report, { rootMargin: wide.matches ? MARGINS.wide : MARGINS.tall });
    parts.forEach((element) => observer.observe(element));
  };
  return { crosses, watch, watchPassagesOf };
}
