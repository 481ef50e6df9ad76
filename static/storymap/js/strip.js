// The chapter in hand as a strip of time: it follows the reader and leads to events. Marks too close for a finger are one
// with their count, which opens as a list. One tab stop; arrows move between marks.
import { create, createDrawn } from "./create.js";
import { whenIdle } from "./idle.js";
import { makeRuler } from "./labels.js";
import { headOfMoment } from "./moment-head.js";
import { letterTicks } from "./overview.js";
import { FINGER, gathered, lanesOf } from "./time-layout.js";
import { say } from "./words.js";

const DRAWING_WAIT = 200; // milliseconds until a busy page draws it all the same
const [AXIS, LANE, LANES] = [41, 4, 3]; // pixels down to the axis, and of a lane of bars above it; how many
const [STRETCH, ROUGHLY, FROM_BEFORE, GOES_ON] = [1, 2, 4, 8]; // as in storymap/pages/strip.py

const wordsOfMany = (events) => [say("events", { count: events.length }), events.map((event) => headOfMoment(event)[1]).join("; ")];
const shapeOf = (status) => createDrawn("svg", { class: "shape" }, createDrawn("use", { href: `#shape-${status}` }));
const linkTo = (event, properties, ...children) => {
  const { status } = document.getElementById(event).dataset;
  const link = create("a", { href: `#${event}`, ...properties }, shapeOf(status), ...children);
  link.dataset.status = status;
  return link;
};

function scaleOf([segments, ticks], marks, percent) {
  const axis = ([start, width], n) => [
    createDrawn("line", { class: "axis", x1: percent(start), x2: percent(start + width), y1: AXIS, y2: AXIS }),
    ...(n ? [createDrawn("svg", { x: percent(start), overflow: "visible" }, createDrawn("use", { class: "break", href: "#axis-break", x: -11, y: AXIS - 7, width: 10, height: 12 }))] : []),
  ];
  const tick = ([at, name]) => createDrawn("svg", { class: "tick", x: percent(at), overflow: "visible" }, createDrawn("line", { y1: AXIS, y2: AXIS + 4 }), createDrawn("text", { y: AXIS + 14 }, name));
  const days = new Map(marks.filter(({ kind }) => !kind).map(({ start, room }) => [start, room]));
  const bars = marks.filter(({ kind }) => kind & STRETCH);
  const lanes = lanesOf(bars, LANES);
  const bar = ({ event, start, room, kind }, n) => {
    const y = AXIS - 2 - LANE * (lanes[n] + 1);
    const fill = kind & ROUGHLY ? { fill: "url(#fuzzy)" } : {};
    const beyond = (side, d) => createDrawn("svg", { x: percent(side), y: y + (LANE - 1) / 2, overflow: "visible" }, createDrawn("path", { class: "beyond", d }));
    return createDrawn("g", { class: "span", "data-span": event },
      createDrawn("rect", { x: percent(start), width: percent(room), y, height: LANE - 1, ...fill }),
      ...(kind & FROM_BEFORE ? [beyond(start, "M-1-2.5l-6 2.5 6 2.5z")] : []),
      ...(kind & GOES_ON ? [beyond(start + room, "M1-2.5l6 2.5-6 2.5z")] : []));
  };
  return createDrawn("svg", { class: "scale", "aria-hidden": "true" },
    ...[...days].map(([start, room]) => createDrawn("rect", { class: "counted", x: percent(start), width: percent(room), height: AXIS })),
    ...bars.map(bar), ...segments.flatMap(axis), ...ticks.map(tick));
}

// `scales`: of each chapter, from storymap/pages/strip.py. `peek`: of the fact card.
// Returns { start(done), draw(), eventsOf(chapter): those with a date }.
export function attachStrip(root, reader, { isHidden, peek }) {
  const strip = root.querySelector("[data-strip]");
  const scales = JSON.parse(root.querySelector("#scales").textContent);
  const moments = reader.articles.map((article) => [...article.querySelectorAll(".moment")].map(({ id }) => id));
  const measure = makeRuler(strip);
  let [spots, tabStop, width, callOff, drawn] = [[], null, 0, () => {}, null];

  const tabTo = (spot) => {
    for (const { element, target } of spots) {
      const isStop = element === spot.element;
      target.tabIndex = isStop ? 0 : -1;
      if (isStop) element.removeAttribute("aria-hidden");
      else element.setAttribute("aria-hidden", "true");
      if (!isStop && element.open) element.open = false;
    }
    tabStop = spot;
  };
  const mark = () => {
    const { moment } = reader.state;
    for (const { element, events } of spots) element.classList.toggle("here", events.includes(moment));
    for (const bar of strip.querySelectorAll("[data-span]")) bar.classList.toggle("here", bar.dataset.span === moment);
    for (const link of strip.querySelectorAll("li a")) link.classList.toggle("here", link.hash === `#${moment}`);
    if (spots.length && !strip.contains(document.activeElement)) tabTo(spots.find(({ events }) => events.includes(moment)) ?? spots[0]);
  };
  const spotOf = ({ x, marks }, chapter) => {
    const events = marks.map(({ event }) => event);
    const many = events.length > 1;
    const label = (many ? wordsOfMany(events) : headOfMoment(events[0])).join(" · ");
    const item = (event) => create("li", {}, linkTo(event, {}, create("span", { textContent: headOfMoment(event)[0] }), ` ${headOfMoment(event)[1]}`));
    const target = many ? create("summary", { ariaLabel: label }, create("b", { textContent: events.length })) : linkTo(events[0], { ariaLabel: label });
    const list = create("ol", { dir: document.documentElement.dir }, ...(many ? events.map(item) : []));
    const element = many ? create("details", { name: "marks" }, target, list) : target;
    element.classList.add("mark");
    element.dataset.of = reader.slugs[chapter];
    element.style.setProperty("--x", `${x.toFixed(1)}px`);
    return { element, target, events, x, many };
  };
  const draw = () => {
    if (!width) return;
    const { chapter } = reader.state;
    const hadFocus = strip.contains(document.activeElement);
    const all = scales[chapter][2].map((known, n) => known && { event: moments[chapter][n], start: known[0], room: known[1], kind: known[2] });
    const marks = all.filter((one) => one && !isHidden(one.event)).map((one) => ({ ...one, from: (one.start * width) / 1000, until: ((one.start + one.room) * width) / 1000 }));
    spots = gathered(marks, width).map((spot) => spotOf(spot, chapter));
    const scale = scaleOf(scales[chapter], marks, (thousandths) => `${thousandths / 10}%`);
    strip.replaceChildren(scale, ...spots.map(({ element }) => element));
    letterTicks([...scale.querySelectorAll(".tick")], width, measure);
    drawn = chapter;
    mark();
    if (hadFocus) tabStop?.target.focus({ preventScroll: true });
  };
  const drawSoon = () => {
    callOff();
    callOff = whenIdle(draw, DRAWING_WAIT);
  };
  const peekAt = (target) => {
    const link = target.closest("a");
    const spot = spots.find(({ element }) => element.contains(target));
    if (link) peek(link.hash.slice(1));
    else peek(spot ? wordsOfMany(spot.events) : null);
  };
  const closeBut = (target) => strip.querySelectorAll("details[open]").forEach((list) => list.contains(target) || (list.open = false));

  strip.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const links = [...(event.target.closest("details[open]")?.querySelectorAll("a") ?? [])];
    const down = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const index = spots.indexOf(tabStop);
    const next = { ArrowRight: index + 1, ArrowLeft: index - 1, Home: 0, End: spots.length - 1 }[event.key];
    if (next === undefined && !(down && links.length)) return;
    event.preventDefault();
    if (down) return (links[links.indexOf(event.target) + down] ?? tabStop.target).focus();
    if (!spots[next]) return;
    tabTo(spots[next]);
    tabStop.target.focus();
  });
  strip.addEventListener("focusin", ({ target }) => {
    const spot = spots.find(({ element }) => element.contains(target));
    if (spot) tabTo(spot);
    peekAt(target);
  });
  strip.addEventListener("toggle", ({ target }) => target.open && tabTo(spots.find(({ element }) => element === target)), true);
  strip.addEventListener("focusout", () => peek(null));
  strip.addEventListener("pointerover", ({ pointerType, target }) => pointerType === "mouse" && peekAt(target));
  strip.addEventListener("pointerleave", () => peek(null));
  strip.addEventListener("click", (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.target.closest("summary")) return;
    const link = event.target.closest("a");
    if (!link) { // beside a mark
      const at = event.clientX - strip.getBoundingClientRect().left;
      const [near] = spots.filter(({ x }) => Math.abs(x - at) <= FINGER).sort((a, b) => Math.abs(a.x - at) - Math.abs(b.x - at));
      return event.target.closest("details") ? undefined : near?.target.click();
    }
    event.preventDefault();
    const list = link.closest("details");
    if (list) {
      list.open = false;
      tabStop.target.focus({ preventScroll: true });
    }
    reader.goMoment(link.hash.slice(1));
  });
  for (const type of ["click", "focusin"]) root.addEventListener(type, ({ target }) => closeBut(target));
  reader.on("change", ({ chapter }) => {
    if (drawn === null) return;
    if (chapter === drawn) mark();
    else drawSoon();
  });
  const start = (done) => whenIdle(() => {
    width = strip.clientWidth;
    draw();
    new ResizeObserver(([{ contentRect }]) => {
      if (contentRect.width === width) return;
      width = contentRect.width;
      drawSoon();
    }).observe(strip);
    done();
  }, DRAWING_WAIT);
  return { start, draw, eventsOf: (chapter) => moments[chapter].filter((_, n) => scales[chapter][2][n]) };
}
