// What whoever cannot see the page is told of it: in words where the focus stays, and by moving the focus where it goes along.
import { say } from "./words.js";

// "Chapter 3 of 15: Demands", "Demands read out · 17 December 1996 · Lima", or both when the chapter is another. Pure.
export function stepWords({ number, total, title }, moment, isOther) {
  const chapter = say("liveChapter", { number, total, title });
  return [!moment || isOther ? chapter : "", moment?.title, moment?.when, moment?.place].filter(Boolean).join(" · ");
}

// `telling(words)` has them said, also when they are the same as before.
export function tellerOf(live) {
  return (words) => {
    live.textContent = "";
    live.textContent = words;
  };
}

// The heading takes the focus, and Tab goes on from there. The page is scrolled by whoever calls this.
export function focusHeading(heading) {
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}
