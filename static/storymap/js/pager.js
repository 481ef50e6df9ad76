// Previous, next, contents, progress, the day counter: what says where the reader is.
import { focusHeading } from "./announcing.js";
import { writeRoute, storyBase } from "./route.js";
import { say } from "./words.js";

const SWIPE = 50; // pixels

function swipe(element, callback) {
  let from = null;
  element.addEventListener("touchstart", ({ touches }) => (from = touches.length === 1 ? touches[0] : null), { passive: true });
  element.addEventListener("touchend", ({ changedTouches }) => {
    const [dx, dy] = from ? [changedTouches[0].clientX - from.clientX, changedTouches[0].clientY - from.clientY] : [0, 0];
    if (Math.abs(dx) > SWIPE && Math.abs(dx) > 2 * Math.abs(dy)) callback(dx < 0 ? 1 : -1);
  }, { passive: true });
}

function keys(root, reader, step) {
  addEventListener("keydown", (event) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by || event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.target.closest?.(".leaflet-container, input, textarea, select, audio, [contenteditable], [data-strip]")) return;
    event.preventDefault();
    if (!step(by) || event.target.closest?.("[data-pager]")) return;
    const { cover, chapter } = reader.state;
    if (cover) focusHeading(root.querySelector("h1"));
    else reader.articles[chapter].focus({ preventScroll: true });
  });
}

function dayWords(story, article, moment) {
  const told = moment ? document.getElementById(moment) : article;
  const { dayZero, dayLast } = story.dataset;
  if (!dayLast || !told?.dataset.day) return article.querySelector(".chapter-when > span:nth-child(2)")?.textContent ?? "";
  return say("dayOf", { day: told.dataset.day, last: Math.round((Date.parse(dayLast) - Date.parse(dayZero)) / 864e5) });
}

export function attachPager(root, reader, story) {
  const find = (name) => root.querySelector(`[data-${name}]`);
  const [pager, contents, progress] = [find("pager"), find("contents"), find("progress")];
  const steps = [...pager.querySelectorAll("[data-step]")];
  const entries = new Map([...contents.querySelectorAll("[data-go]")].map((link) => [link.dataset.go, link]));
  const languages = root.querySelectorAll("[data-language-link]");
  const { articles, slugs } = reader;
  const contentsWord = contents.querySelector("[data-contents-word]");
  let current = null;

  const link = (anchor) => {
    const wanted = reader.addressAt(Number(anchor.dataset.step));
    anchor.href = wanted ?? reader.addressAt(0); // at either end it stays a link, to where the reader is
    if (wanted) anchor.removeAttribute("aria-disabled");
    else anchor.setAttribute("aria-disabled", "true");
  };
  const showChapter = (chapter) => {
    articles[current]?.removeAttribute("aria-current");
    articles[chapter].setAttribute("aria-current", "step");
    entries.get(slugs[current])?.removeAttribute("aria-current");
    entries.get(slugs[chapter])?.setAttribute("aria-current", "true");
    current = chapter;
  };
  const showPosition = ({ chapter, cover }) => { // no chapter is read on the cover
    root.documentElement.toggleAttribute("data-at-cover", cover);
    contentsWord.classList.toggle("visually-hidden", !cover);
    find("position").textContent = cover ? "" : `${chapter + 1} / ${slugs.length}`;
    find("now-title").textContent = cover ? "" : articles[chapter].querySelector("h2").textContent;
    progress.value = cover ? 0 : chapter + 1;
  };
  reader.on("change", ({ chapter, moment, cover }) => {
    if (chapter !== current) showChapter(chapter);
    showPosition({ chapter, cover });
    steps.forEach(link);
    find("day-counter").textContent = cover ? "" : dayWords(story, articles[chapter], moment);
    for (const anchor of languages) anchor.href = writeRoute(storyBase(anchor.pathname, story.dataset.story), cover ? "" : slugs[chapter], moment);
  });
  steps.forEach((anchor) => anchor.addEventListener("click", (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    reader.step(Number(anchor.dataset.step));
  }));
  const close = (event) => {
    if (contents.open && (!contents.contains(event.target) || (event.type === "click" && event.target.closest("a")))) contents.open = false;
  };
  for (const type of ["click", "focusin"]) root.addEventListener(type, close); // it would lie over what has the focus
  contents.addEventListener("toggle", () => contents.open && entries.get(slugs[current])?.scrollIntoView({ block: "nearest" }));
  const step = (by) => reader.step(root.documentElement.dir === "rtl" ? -by : by); // where one points is where one goes
  swipe(pager, step);
  keys(root, reader, step);
}
