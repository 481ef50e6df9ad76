// Words on the map: names of countries and places, distances, degrees. Not for the keyboard: the text says it all.
import { placeLabels } from "./placing.js";
import { isCity } from "./cities.js";
import { nearLng } from "./place-store.js";

const SMALLEST_COUNTRY = 2600; // square pixels
const SPACED = 1.3; // names of countries stand in spaced capitals
const CITY_SIZES = [12 / 13, 12 / 13, 1, 14 / 13]; // of the letters of other names, by class; also in map.css
const LARGEST_CITY = 30000; // metres: a place that is known no better than this is a country, or a coast
const CITIES = [3, 60_000]; // named in any window, and square pixels for each further one
const MOST_CITIES = 12;
const AT_PIN = 10; // pixels between the tip of a pin and a dot that it stands for
const namers = new Map(); // language -> names of countries; making one takes longer than all that it names

export function countryLabels(map, labels, language) {
  const size = 256 * 2 ** map.getZoom();
  if (!namers.has(language)) namers.set(language, new Intl.DisplayNames([language], { type: "region", fallback: "none" }));
  const names = namers.get(language);
  const centre = map.getCenter().lng;
  return labels.filter(({ area }) => area * size * size > SMALLEST_COUNTRY).map(({ id, name, x, y }) => {
    const { lat, lng } = map.unproject([x * size, y * size]);
    return { lat, lng: nearLng(lng, centre), text: (id && names.of(id)) || name, kind: "country" };
  });
}

// `named`: the pins, each with its place. A city that is such a place is named already.
export function cityLabels(map, cities, named) {
  const size = 256 * 2 ** map.getZoom();
  const centre = map.getCenter().lng;
  return cities.map(({ name, x, y, size: of, capital }) => {
    const { lat, lng } = map.unproject([x * size, y * size]);
    return { lat, lng: nearLng(lng, centre), text: name, kind: `city size-${of}${capital ? " capital" : ""}`, dot: true, size: CITY_SIZES[of] };
  }).filter(({ lat, lng, text }) => !named.some(({ at, place }) => {
    return isCity(place.name, text) || (place.radius < LARGEST_CITY && map.distance(at, [lat, lng]) < place.radius);
  }));
}

// How wide a name is, in pixels, in the heaviest face that names stand in: a guess may be too narrow, and a name that is
// longer than it was thought to be ends at somebody else's point.
export function makeRuler(element) {
  const pen = document.createElement("canvas").getContext("2d");
  const { fontFamily } = getComputedStyle(element);
  const known = new Map();
  return (text, size) => {
    const key = `${size} ${text}`;
    if (!known.has(key)) {
      pen.font = `600 ${size}px ${fontFamily}`;
      known.set(key, Math.ceil(pen.measureText(text).width));
    }
    return known.get(key);
  };
}

function creditBox(map, { x, y }) {
  const { offsetWidth, offsetHeight } = map.attributionControl.getContainer();
  return [x - offsetWidth, y - offsetHeight, x, y];
}

// Returns { draw(labels, taken) -> the boxes of those that were drawn and of the corners }.
export function makeLabels(map) {
  map.createPane("labels");
  const group = L.layerGroup().addTo(map);
  const widthOf = makeRuler(map.getContainer());
  const draw = (wanted, taken) => {
    const size = map.getSize();
    const letter = 0.8125 * parseFloat(getComputedStyle(document.documentElement).fontSize);
    const sizeOf = ({ kind, size: own }) => letter * (kind === "country" ? SPACED : own ?? 1);
    const items = wanted.map((label) => {
      const [{ x, y }, size] = [map.latLngToContainerPoint(label), sizeOf(label)];
      const hidden = label.dot && taken.some(([left, , right, bottom]) => Math.hypot(x - (left + right) / 2, y - bottom) < AT_PIN);
      return { ...label, x, y, size, hidden, ...((label.named || label.dot || label.spots) && { width: widthOf(label.text, size) }) };
    });
    const above = [[0, 0, 50, 90], [size.x - 140, 0, size.x, 52]]; // zoom buttons and legend
    const turned = ([left, top, right, bottom]) => [size.x - right, top, size.x - left, bottom];
    const corners = [...(document.documentElement.dir === "rtl" ? above.map(turned) : above), [0, size.y - 42, 150, size.y], creditBox(map, size)];
    const visible = items.filter(({ x, y }) => x > -20 && y > -20 && x < size.x + 20 && y < size.y + 20);
    group.clearLayers();
    const most = Math.min(MOST_CITIES, CITIES[0] + Math.floor((size.x * size.y) / CITIES[1]));
    let cities = 0;
    const placed = placeLabels(visible, [...taken, ...corners], size.x, size.y).filter(({ dot }) => !dot || cities++ < most);
    for (const { lat, lng, x, y, text, kind, named, dot, hidden, edge, spots, side } of placed) {
      const span = document.createElement("span");
      span.textContent = text;
      const where = dot && !hidden ? ` dotted ${side}` : named || dot ? ` named ${side}` : "";
      const className = `map-label ${kind}${where}${edge ? " edge" : ""}`;
      const icon = L.divIcon({ className, html: span, iconSize: [0, 0] });
      group.addLayer(L.marker(spots ? map.containerPointToLatLng([x, y]) : [lat, lng], { pane: "labels", interactive: false, keyboard: false, icon }));
    }
    return [...placed.map(({ box }) => box), ...corners];
  };
  return { draw };
}
