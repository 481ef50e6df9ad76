// Where the reader is, in one place. Scrolling, steps, links, history and the address all meet here and agree.
import { REST, makeAddressBar, scrollToPart } from "./address-bar.js";
import { heedHands } from "./hands.js";
import { motionIsWelcome } from "./motion.js";
import { eventsOf } from "./passages.js";
import { lineOf, readingLine } from "./reading-line.js";
import { readRoute, routeOfStep, writeRoute } from "./route.js";

const LONGEST_LOCK = 2000;
const AT_TOP = 12; // pixels within which a chapter that was gone to still is at its beginning
const FAR = 3; // screens: a scroll over more of them is a jump
const HOLDS_STILL = CSS.supports("overflow-anchor: none"); // the browser keeps the line in place while text above it grows
const PORTRAIT = matchMedia("(orientation: portrait)");

function isMoment(element) {
  return element.classList.contains("moment");
}

// An arrival is no movement, and heights that are still to come would be met on the way.
function isSteady() {
  return ["ready", "settled"].every((name) => name in document.documentElement.dataset);
}

// `after` is what follows the last chapter: its line belongs to that chapter. `unfold(event)` opens what a moment is folded
// in. `step`, `goChapter` and `goMoment` return whether there was something to go to.
//
// The state: `moment` is the event in hand, `events` all that the passage in hand is about. They stay until the next such
// passage is read, so that the map keeps still between two.
export function conduct({ base, articles, cover, after, wide, title, unfold }) {
  const slugs = articles.map((article) => article.dataset.chapter);
  const listeners = { within: [], change: [], rest: [], step: [] };
  const state = { chapter: 0, moment: null, events: [], cover: true };
  let [chosen, locked, lockTimer, restTimer] = [null, null, 0, 0];
  let atLine = null; // what crossed the reading line last
  let held = null; // a chapter whose beginning was gone to: until the reader moves on, nothing further down is in hand
  let arrived = false; // there
  let led = false; // by a voice: what it reads is in hand, and not what crosses the line
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
    const events = next.events ?? [next.moment].filter(Boolean);
    const same = next.moment === state.moment && next.cover === state.cover && events.join() === state.events.join();
    if (!moved && same) return;
    Object.assign(state, next, { events });
    if (moved) line.watchPassagesOf(articles[state.chapter]);
    document.title = state.cover ? title : `${articles[state.chapter].querySelector("h2").textContent} – ${title}`;
    tell("change");
    clearTimeout(restTimer);
    restTimer = setTimeout(tell, REST, "rest");
    bar.soon();
  };
  const follow = (element) => {
    const article = element === after ? articles.at(-1) : element.closest("article");
    if (!article) become({ chapter: 0, moment: null, cover: true });
    else {
      const events = eventsOf(element);
      become({ chapter: articles.indexOf(article), moment: events[0] ?? null, events, cover: false });
    }
  };
  const release = (atEnd = true) => {
    locked = null;
    arrived ||= atEnd;
    clearTimeout(lockTimer);
    letGo();
    bar.soon();
  };
  const lock = (element) => {
    locked = element;
    clearTimeout(lockTimer);
    lockTimer = setTimeout(release, LONGEST_LOCK);
  };
  const onCrossing = (crossing, left) => {
    if (isTurned()) return;
    const hasLeft = left.some((element) => isMoment(element) && element.id === state.moment);
    atLine = crossing.find((element) => eventsOf(element).length) ?? crossing[0] ?? (hasLeft ? articles[state.chapter] : atLine);
    if (!locked && !held && !led && (crossing.length || hasLeft)) follow(atLine);
  };
  const isAtTop = (article) => Math.abs(article.getBoundingClientRect().top - parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop)) < AT_TOP;
  const letGo = () => {
    if (!held || locked || isTurned()) return;
    const atTop = isAtTop(held);
    arrived ||= atTop;
    if (atTop || !arrived) return;
    held = null;
    if (!led && atLine && line.crosses(atLine)) follow(atLine);
  };
  const line = readingLine(wide, onCrossing);
  const observe = () => {
    laidOut = shape();
    line.watch([cover, ...articles, after]);
    line.watchPassagesOf(articles[state.chapter]);
  };
  const scrollTo = (part) => {
    const moment = state.moment && document.getElementById(state.moment);
    const target = moment?.closest("details:not([open])") ? null : moment; // one that is folded away is nowhere
    const isFound = () => {
      if (part === undefined) return false;
      scrollToPart(anchor(), part);
      return state.cover || line.crosses(anchor()) || (anchor() === articles.at(-1) && line.crosses(after));
    };
    const place = (behavior) => {
      if (isFound()) return;
      if (target) target.scrollIntoView({ block: lineOf(target), behavior });
      else if (state.cover) window.scrollTo({ top: 0, behavior });
      else articles[state.chapter].scrollIntoView({ behavior });
    };
    const element = target ?? anchor();
    lock(element);
    const far = Math.abs(element.getBoundingClientRect().top) > FAR * innerHeight;
    if (part === undefined && !far && motionIsWelcome() && isSteady()) return place("smooth");
    place("instant");
    requestAnimationFrame(() => { // what came into view may now have its true height
      if (locked !== element) return;
      place("instant");
      requestAnimationFrame(() => requestAnimationFrame(() => locked === element && release()));
    });
  };
  // `aloud`: whoever cannot see is told of the step; not where the focus moves to a heading or a voice reads on
  const go = ({ chapter, moment = null, cover: atCover = false }, { push = true, aloud = true, part } = {}) => {
    if (push) bar.now(); // Back is to lead to the very line that was left, however short the rest there
    chosen = moment;
    [held, arrived] = [atCover || moment ? null : articles[chapter], false];
    // all above that line is to have its true height; nothing is above the cover
    if (!atCover && (moment || part !== undefined || !HOLDS_STILL)) tell("within");
    if (moment) unfold(moment);
    become({ chapter, moment, cover: atCover });
    if (push && location.pathname + location.hash !== address()) history.pushState(null, "", address());
    scrollTo(part);
    if (aloud) tell("step");
  };
  const momentRoute = (event) => {
    const element = document.getElementById(event);
    const article = element && isMoment(element) && element.closest("article");
    return article ? { chapter: articles.indexOf(article), moment: event } : null;
  };
  // What stands below the last chapter, in a file: it has no step of its own.
  const goBeside = (element) => {
    tell("within");
    become({ chapter: articles.length - 1, moment: null, cover: false });
    element.scrollIntoView({ behavior: "instant" });
    requestAnimationFrame(() => element.scrollIntoView({ behavior: "instant" }));
  };
  const arrive = (options) => {
    const { chapter, moment } = readRoute(location.href, base, slugs);
    const beside = moment && document.getElementById(moment);
    if (beside?.closest(".also-recorded")) return goBeside(beside);
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
    addEventListener("scroll", () => {
      letGo();
      bar.soon();
    }, { passive: true });
    heedHands(() => locked && line.crosses(locked) && release(false), () => {
      if (!locked) return;
      release();
      if (!held && !led && atLine) follow(atLine);
    });
    addEventListener("popstate", (event) => arrive({ part: event.state?.part }));
    arrive({ aloud: false, part: history.state?.part });
    tell("change");
  };
  // What is opened where the reader is: in hand, and in the address, without a way to go.
  const choose = (event) => {
    const route = momentRoute(event);
    if (route?.chapter !== state.chapter || state.cover) return;
    chosen = event;
    become({ ...route, cover: false });
    bar.soon();
  };
  // `passage`: what a voice has come to; null gives the line back to the reader.
  const lead = (passage) => {
    led = Boolean(passage);
    if (passage) follow(passage);
  };
  const follows = (route, options) => {
    if (route) go(route, options);
    return Boolean(route);
  };
  const at = (by) => routeOfStep(state, by, articles.length);
  return {
    state, slugs, articles, base, start, go, choose, lead,
    step: (by) => follows(at(by)),
    goChapter: (slug, options) => follows(slugs.includes(slug) ? { chapter: slugs.indexOf(slug) } : null, options),
    goMoment: (event, options) => follows(momentRoute(event), options),
    addressAt: (by) => at(by) && writeRoute(base, at(by).cover ? "" : slugs[at(by).chapter]),
    on: (kind, callback) => listeners[kind].push(callback),
  };
}
