// The current chapter's places: numbered buttons whose tips stand on the place. Pins that meet lean apart; those that
// would hide each other stand as one stack.
import { nearLng } from "./place-store.js";
import { stacksOf } from "./stacks.js";
import { say } from "./words.js";

const SVG = "http://www.w3.org/2000/svg";
const SHAPE = "M16 39C10 30 2 24 2 15a14 14 0 0 1 28 0c0 9-8 15-14 24z";
const MEET = 26; // pixels between tips
const HEAD = 24; // pixels from the tip to the middle of the head
const MOST_LEAN = 56; // degrees between neighbours

function pinButton() {
  const button = document.createElement("button");
  const picture = document.createElementNS(SVG, "svg");
  const shape = document.createElementNS(SVG, "path");
  picture.setAttribute("viewBox", "0 0 32 40");
  picture.setAttribute("aria-hidden", "true");
  shape.setAttribute("d", SHAPE);
  picture.append(shape);
  button.type = "button";
  button.className = "pin";
  button.append(picture, document.createElement("b"));
  return button;
}

// What a pin is called, alone or with those that stand under it: the list of its events has the same title.
export function pinWords(places, count) {
  const words = ({ number, name, aside }) => (number ? say(aside ? "pinAside" : "pin", { number, place: name }) : name);
  const pin = places.map(words).join("; ");
  return count > 1 ? say("pinEvents", { pin, count }) : pin;
}

// A stack shows its first number and that there are more; "×" and how many events are told there. The signs are drawn by
// map.css: what is text on a button must stand in its name (WCAG 2.5.3), which says it in words.
function dress({ button, number, stack }) {
  const events = new Set(stack.flatMap((pin) => pin.events));
  const words = pinWords(stack.map((pin) => ({ ...pin, name: pin.place.name })), events.size);
  button.querySelector("b").textContent = number;
  button.dataset.count = events.size > 1 ? `×${events.size}` : "";
  button.classList.toggle("stack", stack.length > 1);
  button.classList.toggle("aside", stack.every(({ aside }) => aside));
  button.title = words;
  button.setAttribute("aria-label", words);
}

function lean(tips) {
  const left = new Set(tips);
  for (const tip of tips) {
    if (!left.has(tip)) continue;
    const group = [...left].filter(({ at }) => at.distanceTo(tip.at) < MEET).sort((a, b) => a.at.x - b.at.x || a.pin.number - b.pin.number);
    const apart = Math.min(MOST_LEAN, 300 / group.length);
    group.forEach((one, n) => {
      left.delete(one);
      one.pin.lean = (n - (group.length - 1) / 2) * apart;
      one.pin.button.style.setProperty("--lean", `${one.pin.lean}deg`);
    });
  }
}

// `onPin({ places: [{ number, name, events }], button, y })`: `y` is where the tip is in the map, in pixels.
export function makePins(map, onPin) {
  const group = L.layerGroup().addTo(map);
  let [pins, marked] = [[], []];

  const tops = () => pins.filter(({ stack }) => stack.length);
  const mark = (slugs) => {
    marked = slugs;
    map.getContainer().classList.toggle("reading-about", slugs.length > 0);
    tops().forEach(({ button, stack }) => button.classList.toggle("here", stack.some((pin) => slugs.includes(pin.slug))));
  };
  const arrange = () => {
    const tips = pins.map((pin) => {
      const at = map.latLngToContainerPoint(pin.at);
      return { pin, at, x: at.x, y: at.y };
    });
    const focused = pins.find(({ button }) => button === document.activeElement);
    const stacks = stacksOf(tips);
    for (const [first, ...under] of stacks) {
      first.pin.stack = [first.pin, ...under.map(({ pin }) => pin)];
      under.forEach(({ pin }) => (pin.stack = []));
      group.addLayer(first.pin.marker);
      under.forEach(({ pin }) => group.removeLayer(pin.marker));
      dress(first.pin);
    }
    lean(stacks.map(([first]) => first));
    mark(marked);
    if (focused && !focused.stack.length) tops().find(({ stack }) => stack.includes(focused)).button.focus({ preventScroll: true });
  };
  map.on("zoomend viewreset", arrange);
  const show = (wanted, places, centre) => {
    group.clearLayers();
    pins = wanted.filter(({ place }) => places.has(place)).map(({ place: slug, number, events, aside }) => {
      const place = places.get(slug);
      const button = pinButton();
      const at = L.latLng(place.lat, nearLng(place.lng, centre));
      const icon = L.divIcon({ className: "pin-holder", html: button, iconSize: [0, 0] });
      const pin = { place, number, button, at, slug, events, aside, lean: 0, stack: [] };
      pin.marker = L.marker(at, { icon, keyboard: false, interactive: true, zIndexOffset: -number });
      button.addEventListener("click", (event) => {
        event.stopPropagation();
        const told = pin.stack.map((one) => ({ number: one.number, name: one.place.name, aside: one.aside, events: one.events }));
        onPin({ places: told, button, y: map.latLngToContainerPoint(at).y });
      });
      return pin;
    });
    arrange();
    return pins;
  };
  const boxes = () => tops().map(({ at, lean: degrees }) => {
    const { x, y } = map.latLngToContainerPoint(at);
    const turn = (degrees * Math.PI) / 180;
    const head = [x + HEAD * Math.sin(turn), y - HEAD * Math.cos(turn)];
    return [Math.min(x, head[0] - 15), head[1] - 15, Math.max(x, head[0] + 15), Math.max(y, head[1] + 15)];
  });
  // Each with where it stands: those of a stack stand where its first one does.
  const names = () => tops().flatMap(({ at, stack }) => stack.map(({ place, slug }) => ({ at, place, slug })));
  return { show, mark, boxes, names, all: () => pins, of: (slug) => pins.find((pin) => pin.slug === slug) };
}
