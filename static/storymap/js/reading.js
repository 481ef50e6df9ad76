// The reading page: finds its parts in the document and wires them together.
import { focusHeading, stepWords, tellerOf } from "./announcing.js";
import { closeByEscape } from "./closing.js";
import { attachFactCard } from "./fact-card.js";
import { attachFilter } from "./filter.js";
import { foldEvents, toggleBelow } from "./folding.js";
import { breath, whenIdle } from "./idle.js";
import { attachListening } from "./listen-buttons.js";
import { giveWay, openStage } from "./map-kit.js";
import { headOfMoment, linksTo, placeOf } from "./moment-head.js";
import { attachOverview } from "./overview.js";
import { attachPager } from "./pager.js";
import { pressBySpace } from "./pressing.js";
import { prepareForPaper } from "./printing.js";
import { readAhead } from "./resources.js";
import { say, learnWords } from "./words.js";
import { eventsInOrder } from "./passages.js";
import { conduct } from "./steps.js";
import { attachStrip } from "./strip.js";
import { unfold } from "./unfolding.js";

readAhead(document);
learnWords(document);
await breath();
const page = document.documentElement;
const story = document.querySelector("[data-story]");
const { language } = story.dataset;
const base = story.dataset.base === "#" ? `${location.pathname}#` : story.dataset.base; // of a page saved as one file
const articles = [...document.querySelectorAll("article[data-chapter]")];
const wide = matchMedia("(min-width: 60rem), (min-width: 34rem) and (max-height: 30rem)"); // as in stage.css
const title = document.querySelector("h1").textContent.trim();
const [cover, after] = ["[data-cover]", "footer"].map((part) => document.querySelector(part));
const folds = foldEvents(articles);
const unfoldEvent = (event) => {
  filter.reveal(event);
  folds.reveal(event);
};
const reader = conduct({ base, articles, cover, after, wide, title, unfold: unfoldEvent });
let stage = null;

const filter = attachFilter(document, story, () => {
  stage?.show(now());
  strip.draw();
  overview.draw();
});

function now() {
  const { chapter, events, cover: atCover } = reader.state;
  const seen = events.filter((event) => !filter.hidden(event));
  const atHead = !seen.length && !atCover; // the first place in view is marked there
  const told = atHead ? eventsInOrder(articles[chapter]).filter((event) => !filter.hidden(event)) : seen;
  const places = [...new Set(told.map((event) => document.getElementById(event).dataset.place).filter(Boolean))];
  return { slug: reader.slugs[chapter], cover: atCover, moment: seen[0] ?? null, places, hidden: filter.hidden };
}

const onPage = { has: (event) => document.getElementById(event) && !filter.hidden(event), go: reader.goMoment };

// The text first: the map follows in the frame after it.
let showing = 0;
function showSoon() {
  cancelAnimationFrame(showing);
  showing = requestAnimationFrame(() => setTimeout(() => stage?.show(now())));
}

// An event that the narration links to opens there; any other is gone to.
function openEvent(event, link = linksTo(event, articles[reader.state.chapter])[0]) {
  const moment = document.getElementById(event);
  if (!link) return void reader.goMoment(event, { aloud: false });
  filter.reveal(event);
  if (toggleBelow(link, moment)) reader.choose(event);
}

const fact = attachFactCard(document, reader, (event) => openEvent(event));
let inHand = [];
reader.on("change", ({ moment, chapter }) => {
  inHand.forEach((element) => element.classList.remove("here"));
  inHand = moment ? [document.getElementById(moment), ...linksTo(moment, articles[chapter])] : [];
  inHand.forEach((element) => element.classList.add("here"));
  fact.show(moment);
  showSoon();
});
const shares = document.querySelectorAll("[data-share]");
reader.on("rest", () => {
  const state = now();
  stage?.aim(state);
  const { slug, moment } = state;
  shares.forEach((link) => (link.search = new URLSearchParams({ chapter: slug ?? "", moment: moment ?? "" })));
});

const announce = tellerOf(document.querySelector("[data-live]"));
let chapterTold = 0;
reader.on("step", ({ chapter, moment, cover }) => {
  const chapterWords = { number: chapter + 1, total: articles.length, title: articles[chapter].querySelector("h2").textContent };
  const [when, heading] = headOfMoment(moment);
  const momentWords = when && { title: heading, when, place: placeOf(document.getElementById(moment)) };
  announce(cover ? title : stepWords(chapterWords, momentWords, chapter !== chapterTold));
  chapterTold = chapter;
});

document.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.shiftKey) return;
  const told = event.target.closest("button.place")?.closest("[data-place]");
  if (told && stage?.showPlace(told.dataset.place)) return announce(say("livePlace", { place: placeOf(told) }));
  const link = event.target.closest("a[data-go], a[href^='#']");
  const target = link?.dataset.go ?? link?.getAttribute("href").slice(1);
  const quietly = { aloud: false };
  if (link?.matches(".skip-link")) {
    event.preventDefault();
    reader.go({ chapter: 0, cover: true }, quietly);
    return focusHeading(document.querySelector("h1"));
  }
  if (link?.closest(".narration") && document.getElementById(target)?.matches(".moment")) {
    event.preventDefault();
    return openEvent(target, link);
  }
  if (!link || !(link.dataset.go ? reader.goChapter(target, quietly) : reader.goMoment(target, quietly))) return;
  event.preventDefault();
  focusHeading(document.getElementById(`title-${target}`) ?? document.getElementById(target).querySelector("h3"));
});

closeByEscape(document);
pressBySpace(document);
attachPager(document, reader, story);
const strip = attachStrip(document, reader, { isHidden: filter.hidden, peek: fact.peek });
const overview = attachOverview(document, reader, { eventsOf: strip.eventsOf, isHidden: filter.hidden, peek: fact.peek });
attachListening(document, reader, language);
const loadForPaper = prepareForPaper(document);
const unfoldSoon = unfold(reader, () => (page.dataset.settled = ""));
// what the browser is about to focus, and would scroll to after the place has been found
if (!location.hash && document.activeElement === document.body) document.querySelector("[autofocus]")?.focus({ preventScroll: true });
reader.start();

try {
  await breath();
  stage = await openStage(document, language, now, onPage);
  stage.show(now());
  stage.aim(now());
} catch (error) {
  giveWay(document, error);
} finally {
  page.dataset.ready = "";
  strip.start(() => {
    unfoldSoon();
    whenIdle(loadForPaper);
  });
}
