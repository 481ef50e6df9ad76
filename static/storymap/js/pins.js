// The current chapter's places: numbered buttons whose tips stand on the place. Pins that meet lean apart.
import { nearLng } from "./place-store.js";
import { say } from "./words.js";

const SVG = "http://www.w3.org/2000/svg";
const SHAPE = "M16 39C10 30 2 24 2 15a14 14 0 0 1 28 0c0 9-8 15-14 24z";
const MEET = 26; // pixels between tips
const HEAD = 24; // pixels from the tip to the middle of the head
const MOST_LEAN = 56; // degrees between neighbours

function pinButton({ number, aside }, place) {
  const button = document.createElement("button");
  const picture = document.createElementNS(SVG, "svg");
  const shape = document.createElementNS(SVG, "path");
  const digits = document.createElement("b");
  picture.setAttribute("viewBox", "0 0 32 40");
  picture.setAttribute("aria-hidden", "true");
  shape.setAttribute("d", SHAPE);
  picture.append(shape);
  digits.textContent = number;
  button.type = "button";
  button.className = aside ? "pin aside" : "pin";
  button.title = place.name;
  button.setAttribute("aria-label", say(aside ? "pinAside" : "pin", { number, place: place.name }));
  button.append(picture, digits);
  return button;
}

function lean(map, pins) {
  const tips = pins.map((pin) => ({ pin, at: map.latLngToContainerPoint(pin.at) }));
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

export function makePins(map, onPin) {
  const group = L.layerGroup().addTo(map);
  let pins = [];
  map.on("zoomend viewreset", () => lean(map, pins));
  const show = (wanted, places, centre) => {
    group.clearLayers();
    pins = wanted.filter(({ place }) => places.has(place)).map(({ place: slug, number, events, aside }) => {
      const place = places.get(slug);
      const button = pinButton({ number, aside }, place);
      const at = L.latLng(place.lat, nearLng(place.lng, centre));
      button.addEventListener("click", (event) => {
        event.stopPropagation();
        onPin(slug, events);
      });
      const icon = L.divIcon({ className: "pin-holder", html: button, iconSize: [0, 0] });
      group.addLayer(L.marker(at, { icon, keyboard: false, interactive: true, zIndexOffset: -number }));
      return { place, number, button, at, slug, lean: 0 };
    });
    lean(map, pins);
    return pins;
  };
  const mark = (slug) => pins.forEach((pin) => pin.button.classList.toggle("here", pin.slug === slug));
  const boxes = () => pins.map(({ at, lean: degrees }) => {
    const { x, y } = map.latLngToContainerPoint(at);
    const turn = (degrees * Math.PI) / 180;
    const head = [x + HEAD * Math.sin(turn), y - HEAD * Math.cos(turn)];
    return [Math.min(x, head[0] - 15), head[1] - 15, Math.max(x, head[0] + 15), Math.max(y, head[1] + 15)];
  });
  return { show, mark, boxes, all: () => pins, of: (slug) => pins.find((pin) => pin.slug === slug) };
}
