// Where the reader is, in one place. Scrolling, steps, links, history and the address all meet here and agree.
import { REST, makeAddressBar, scrollToPart } from "./address-bar.js";
import { motionIsWelcome } from "./camera.js";
import { lineOf, readingLine } from "./reading-line.js";
import { readRoute, writeRoute } from "./route.js";

const LONGEST_LOCK = 2000;
const FAR = 3; // screens: a scroll over more of them is a jump
const HOLDS_STILL = CSS.supports("overflow-anchor: none"); // the browser itself, what is read while what is above it grows
const PORTRAIT = matchMedia("(orientation: portrait)");

// `after` is what follows the last chapter: its line belongs to that chapter.
export function conduct({ base, articles, cover, after, wide, title }) {
  const slugs = articles.map((article) => article.dataset.chapter);
  const listeners = { within: [], change: [], rest: [] };
  const state = { chapter: 0, moment: null, cover: true };
  let [chosen, locked, lockTimer, restTimer] = [null, null, 0, 0];
  let atLine = null; // what crossed the reading line last
  let laidOut = ""; // the shape of the window for which the reader was put where they are

  const tell = (kind) => listeners[kind].forEach((callback) => callback(state));
  const address = () => writeRoute(base, state.cover ? "" : slugs[state.chapter], state.moment === chosen ? chosen : null);
  const anchor = () => (state.cover ? cover : articles[state.chapter]);
  const shape = () => `${wide.matches} ${PORTRAIT.matches}`;
  // until a turned window is handled, what is measured in it says nothing of where the reader was
  const isTurned = () => shape() !== laidOut;
  const bar = makeAddressBar(() => (locked || isTurned() ? null : { element: anchor(), url: address() }));
  const become = (next) => {
    const moved = next.chapter !== state.chapter;
    if (!moved && next.moment === state.moment && next.cover === state.cover) return;
    Object.assign(state, next);
    if (moved) line.watchMomentsOf(articles[state.chapter]);
    document.title = state.cover ? title : `${articles[state.chapter].querySelector("h2").textContent} – ${title}`;
    tell("change");
    clearTimeout(restTimer);
    restTimer = setTimeout(tell, REST, "rest");
    bar.soon();
  };
  const follow = (element) => {
    const article = element === after ? articles.at(-1) : element.closest("article");
    if (!article) become({ chapter: 0, moment: null, cover: true });
    else become({ chapter: articles.indexOf(article), moment: element.dataset.event ?? null, cover: false });
  };
  const release = () => {
    locked = null;
    clearTimeout(lockTimer);
    bar.soon();
  };
  const lock = (element) => {
    locked = element;
    clearTimeout(lockTimer);
    lockTimer = setTimeout(release, LONGEST_LOCK);
  };
  const hear = (crossing, left) => {
    if (isTurned()) return;
    const hasLeft = left.some((element) => element.dataset.event === state.moment);
    atLine = crossing.find((element) => element.dataset.event) ?? crossing[0] ?? (hasLeft ? articles[state.chapter] : atLine);
    if (!locked && (crossing.length || hasLeft)) follow(atLine);
  };
  const line = readingLine(wide, hear);
  const observe = () => {
    laidOut = shape();
    line.watch([cover, ...articles, after]);
    line.watchMomentsOf(articles[state.chapter]);
  };
  const scrollTo = (part) => {
    const target = state.moment && document.getElementById(state.moment);
    const isFound = () => {
      if (part === undefined) return false;
      scrollToPart(anchor(), part);
      return state.cover || line.crosses(anchor()) || (anchor() === articles.at(-1) && line.crosses(after));
    };
    const place = () => {
      if (isFound()) return;
      if (target) target.scrollIntoView({ block: lineOf(target), behavior: "instant" });
      else if (state.cover) window.scrollTo({ top: 0, behavior: "instant" });
      else articles[state.chapter].scrollIntoView({ behavior: "instant" });
    };
    const element = target ?? anchor();
    lock(element);
    const far = Math.abs(element.getBoundingClientRect().top) > FAR * innerHeight;
    if (part === undefined && !far && motionIsWelcome() && "settled" in document.documentElement.dataset) {
      return element.scrollIntoView({ block: target ? lineOf(target) : "start", behavior: "smooth" });
    }
    place();
    requestAnimationFrame(() => { // what came into view may now have its true height
      if (locked !== element) return;
      place();
      requestAnimationFrame(() => requestAnimationFrame(() => locked === element && release()));
    });
  };
  const go = ({ chapter, moment = null, cover: atCover = false }, { push = true, part } = {}) => {
    if (push) bar.now(); // Back is to lead to the very line that was left, however short the rest there
    chosen = moment;
    if (moment || part !== undefined || !HOLDS_STILL) tell("within"); // all above that line is to have its true height
    become({ chapter, moment, cover: atCover });
    if (push && location.pathname + location.hash !== address()) history.pushState(null, "", address());
    scrollTo(part);
  };
  const momentRoute = (event) => {
    const element = document.getElementById(event);
    const article = element?.dataset.event && element.closest("article");
    return article ? { chapter: articles.indexOf(article), moment: event } : null;
  };
  const arrive = (options) => {
    const { chapter, moment } = readRoute(location.href, base, slugs);
    const route = (moment && momentRoute(moment)) ?? (chapter === null ? { chapter: 0, cover: true } : { chapter });
    go(route, { push: false, ...options });
  };
  const start = () => {
    history.scrollRestoration = "manual";
    observe();
    for (const query of [wide, PORTRAIT]) {
      query.addEventListener("change", () => {
        if (!isTurned()) return;
        observe();
        scrollTo(history.state?.part);
      });
    }
    addEventListener("scroll", bar.soon, { passive: true });
    // a scroll may end because another one began
    addEventListener("scrollend", () => locked && line.crosses(locked) && release());
    for (const hand of ["wheel", "touchmove", "pointerdown"]) {
      addEventListener(hand, ({ target }) => {
        if (!locked || target.closest?.(".stage")) return;
        release();
        if (atLine) follow(atLine);
      }, { passive: true });
    }
    addEventListener("popstate", (event) => arrive({ part: event.state?.part }));
    arrive({ part: history.state?.part });
    state.ready = true;
    tell("change");
  };
  const step = (by) => {
    const chapter = state.chapter + by;
    if (chapter >= 0 && chapter < articles.length) go({ chapter });
  };
  return {
    state, slugs, articles, base, start, step, go,
    goChapter: (slug) => slugs.includes(slug) && go({ chapter: slugs.indexOf(slug) }),
    goMoment: (event) => {
      const route = momentRoute(event);
      if (route) go(route);
      return Boolean(route);
    },
    on: (kind, callback) => listeners[kind].push(callback),
    address,
  };
}
