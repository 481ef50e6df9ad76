// Close views, where the atlas has nothing left to say: distances around the main place and a graticule instead.
import { degreeWords, isLengthKnown, lengthParts, metresBetween, niceAngle, niceLength, pointAt } from "./measures.js";
import { say } from "./words.js";

const FROM_ZOOM = 12;
const RING = 80; // pixels between rings, at least
const LINE = 120; // pixels between lines of the graticule, at least
const MOST_RINGS = 5;
const MOST_NEIGHBOURS = 12;

export function isClose(map) {
  return map.getZoom() >= FROM_ZOOM - 0.01;
}

export function lengthWords(metres) {
  const { key, number } = lengthParts(metres, { decimal: say("decimal"), thousands: say("thousands") });
  return say(key, { number });
}

// To two digits: what a straight line can say of a way.
export function aboutWords(metres) {
  return say("about", { length: lengthWords(Number(metres.toPrecision(2))) });
}

// Each returns { layers, labels } for the present view. `main`: the pin that is measured from; `radius`: how exactly its
// place is known, in metres.
export function rings(map, { at: main, place: { radius } }, style) {
  const point = map.latLngToContainerPoint(main);
  const apart = metresBetween(main, map.containerPointToLatLng(point.add([0, RING])));
  const step = niceLength(apart);
  const [layers, labels] = [[], []];
  for (let n = 1; n <= MOST_RINGS; n++) {
    if (!isLengthKnown(n * step, radius)) continue;
    layers.push(L.circle(main, { ...style, radius: n * step, className: "ring", fill: false }));
    const north = pointAt(main, n * step, 0); // its label stands where it can be seen
    const at = map.getBounds().contains(north) ? north : pointAt(main, n * step, 180);
    labels.push({ ...at, text: lengthWords(n * step), kind: "ring-label" });
  }
  return { layers, labels };
}

export function graticule(map, style) {
  const box = map.getBounds();
  const wide = box.pad(0.5);
  const { x, y } = map.getSize();
  const step = niceAngle(((box.getNorth() - box.getSouth()) * LINE) / y);
  const [layers, labels] = [[], []];
  const lines = (from, to, line, label) => {
    for (let n = Math.ceil((from * 3600) / step); n * step <= to * 3600; n++) {
      layers.push(L.polyline(line((n * step) / 3600), { ...style, className: "graticule" }));
      labels.push(label((n * step) / 3600, n * step));
    }
  };
  const edge = map.containerPointToLatLng([0, y - 14]).lat;
  lines(wide.getSouth(), wide.getNorth(), (lat) => [[lat, wide.getWest()], [lat, wide.getEast()]],
    (lat, seconds) => ({ lat, lng: map.containerPointToLatLng([0, 0]).lng, text: degreeWords(seconds, "NS"), kind: "degrees", edge: true }));
  lines(wide.getWest(), wide.getEast(), (lng) => [[wide.getSouth(), lng], [wide.getNorth(), lng]],
    (lng, seconds) => ({ lat: edge, lng, text: degreeWords(((((seconds / 3600 + 180) % 360) + 360) % 360 - 180) * 3600, "EW"), kind: "degrees" }));
  return { layers, labels: labels.filter((label) => x > 0 && wide.contains(label)) };
}

export function neighbours(map, { at: main, number, place: { radius: vague } }, places) {
  const box = map.getBounds();
  const words = ({ name, metres, radius }) => {
    return isLengthKnown(metres, vague, radius) ? say("distanceFrom", { place: name, length: lengthWords(metres), number }) : name;
  };
  return [...places].filter((place) => box.contains(place))
    .map((place) => ({ ...place, metres: metresBetween(main, place) }))
    .filter(({ metres, radius }) => metres > radius) // as far as is known, at the main place itself
    .sort((a, b) => a.metres - b.metres)
    .slice(0, MOST_NEIGHBOURS)
    .map((place) => ({ lat: place.lat, lng: place.lng, named: true, kind: "neighbour", text: words(place) }));
}
