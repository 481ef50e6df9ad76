// The buttons of an embed: from chapter to chapter, and from event to event beside the map.
import { headOfMoment } from "./moment-head.js";
import { plain } from "./plain-click.js";
import { say } from "./words.js";

function able(control, possible) {
  if (possible) control.removeAttribute("aria-disabled");
  else control.setAttribute("aria-disabled", "true");
}

// Chapters: the arrows above, and “Next chapter” below the text.
export function attachTurning(root, steps, articles) {
  const turns = [...root.querySelectorAll("[data-turn] [data-step]")];
  const next = root.querySelector("[data-next]");
  const titleOf = (chapter) => root.getElementById(`title-${chapter}`).textContent;
  const urlOf = (chapter) => articles.find((article) => article.dataset.chapter === chapter).dataset.url;
  let shown = steps.state.chapter;

  const turn = (by) => {
    const chapter = steps.chapterAt(by);
    if (chapter) steps.go({ chapter });
    return Boolean(chapter);
  };
  const update = () => {
    const article = steps.article();
    for (const link of turns) {
      const chapter = steps.chapterAt(Number(link.dataset.step));
      able(link, chapter);
      link.href = urlOf(chapter ?? steps.state.chapter);
    }
    if (next) {
      const chapter = steps.chapterAt(1);
      next.parentElement.hidden = !chapter;
      if (chapter) [next.href, next.querySelector("[data-next-title]").textContent] = [urlOf(chapter), titleOf(chapter)];
    }
    root.querySelector("[data-story-link]").href = article.dataset.storyUrl;
    const position = root.querySelector("[data-position]");
    if (!position || shown === steps.state.chapter) return;
    shown = steps.state.chapter;
    const [, total] = position.textContent.split(" / ");
    position.textContent = `${article.dataset.number} / ${total}`;
    root.querySelector("[data-live]").textContent = say("liveChapter", { number: article.dataset.number, total, title: titleOf(shown) });
  };
  steps.on(update);
  for (const link of [...turns, next].filter(Boolean)) {
    link.addEventListener("click", (event) => {
      if (!plain(event)) return;
      event.preventDefault();
      const below = link === next;
      if (turn(Number(link.dataset.step ?? 1)) && below) steps.article().querySelector("h2").focus();
    });
  }
  addEventListener("keydown", (event) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by || !plain(event) || event.defaultPrevented || document.activeElement === document.body) return;
    if (event.target.closest?.(".leaflet-container, audio, [data-moment-bar]")) return;
    if (turn(root.documentElement.dir === "rtl" ? -by : by)) event.preventDefault();
  });
}

// Events: what happened, in a line under the map; the map follows.
export function attachMomentBar(root, steps) {
  const bar = root.querySelector("[data-moment-bar]");
  if (!bar) return;
  const [words, shape] = [bar.querySelector("[data-moment-words]"), bar.querySelector(".shape")];
  const buttons = [...bar.querySelectorAll("button")];
  const update = () => {
    const { moment } = steps.state;
    const [when, title] = headOfMoment(moment, root);
    shape.toggleAttribute("hidden", !moment);
    if (moment) shape.firstElementChild.setAttribute("href", `#shape-${root.getElementById(moment).dataset.status}`);
    words.textContent = moment ? `${when} · ${title}` : steps.article().dataset.eventsWords;
    for (const button of buttons) able(button, steps.momentAt(Number(button.dataset.momentStep)) !== undefined && (moment || button.dataset.momentStep === "1"));
    bar.hidden = !steps.plan.find(({ chapter }) => chapter === steps.state.chapter).moments.length;
  };
  for (const button of buttons) {
    button.addEventListener("click", () => {
      const moment = steps.momentAt(Number(button.dataset.momentStep));
      if (moment !== undefined) steps.go({ chapter: steps.state.chapter, moment });
    });
  }
  steps.on(update);
  update();
}
