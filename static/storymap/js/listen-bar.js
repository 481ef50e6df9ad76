// With the pager, always in reach while the story is read aloud: the chapter, "Pause" or "Go on", "Stop".
import { create } from "./create.js";

// Returns { bar, show({ title, isPaused }), hide() }. Built here: many readers never listen.
export function makeListenBar(pager, words, { turn, stop }) {
  const title = create("b", { id: "listened" });
  const turning = create("button", { type: "button", className: "turning" });
  const stopping = create("button", { type: "button", className: "stopping", textContent: words.stop });
  const bar = create("div", { className: "listening", hidden: true }, title, turning, stopping);
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-labelledby", title.id);
  turning.addEventListener("click", turn);
  stopping.addEventListener("click", stop);
  pager.prepend(bar);
  const { dataset } = document.documentElement;
  const show = (chapterTitle, isPaused) => {
    bar.hidden = false;
    dataset.listening = isPaused ? "paused" : "playing";
    title.textContent = chapterTitle;
    turning.textContent = isPaused ? words.goOn : words.pause;
  };
  const hide = () => {
    bar.hidden = true;
    delete dataset.listening;
  };
  return { bar, show, hide };
}
