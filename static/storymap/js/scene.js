// What the map shows of a chapter: pins, precision, journeys, points, lines and areas, other places, and close views' measures.
import { areaLabels } from "./areas.js";
import { onColours } from "./atlas-layer.js";
import { aboutWords, graticule, isClose, neighbours, rings } from "./closeup.js";
import { arrowhead, drawnShapes, headingOf } from "./drawn-shapes.js";
import { motionIsWelcome } from "./motion.js";
import { whenIdle } from "./idle.js";
import { cityLabels, countryLabels, makeLabels } from "./labels.js";
import { COVER, nearLng } from "./place-store.js";
import { makePins } from "./pins.js";

const BROAD = 3000; // metres: a larger circle is drawn as a line only, or it would tint the whole view
const MOST_ON_COVER = 12; // names of places
const LABELS_WAIT = 200; // milliseconds for which labels and rings let other work go before them
const DRAWING = { delay: 500, duration: 1600, easing: "ease-in-out", fill: "backwards" }; // milliseconds; the map flies there first
const TURNS = [-360, 0, 360]; // a journey over the Pacific is seen from either side

function drawnFeature(feature, style) {
  return TURNS.flatMap((turn) => {
    const coordsToLatLng = ([lng, lat]) => L.latLng(lat, lng + turn);
    if (feature.properties.kind !== "leg") return drawnShapes(feature, { ...style, coordsToLatLng });
    const { flown, long } = feature.properties;
    const className = ["journey", !flown && "joined", long && "long"].filter(Boolean).join(" ");
    return [L.geoJSON(feature, { ...style, style: { className }, coordsToLatLng }), arrow(feature, turn)];
  });
}

// Of the longest part of a leg, which is cut where it crosses the antimeridian.
function longestOf({ geometry }) {
  const lines = geometry.type === "LineString" ? [geometry.coordinates] : geometry.coordinates;
  return lines.reduce((a, b) => (b.length > a.length ? b : a));
}

function middleOf(feature) {
  const line = longestOf(feature);
  if (line.length === 2) return { lng: (line[0][0] + line[1][0]) / 2, lat: (line[0][1] + line[1][1]) / 2 };
  const [lng, lat] = line[line.length >> 1];
  return { lat, lng };
}

// Which way a leg leads. Beyond its middle, where its length stands.
function arrow(feature, turn) {
  const { lat, lng, degrees } = headingOf(longestOf(feature));
  const html = arrowhead(degrees);
  const className = `pin-holder${feature.properties.long ? " long" : ""}`;
  return L.marker([lat, lng + turn], { icon: L.divIcon({ className, html, iconSize: [0, 0] }), interactive: false, keyboard: false, zIndexOffset: -9999 });
}

// What the small map of the world covers (inset.js), where it is shown.
function boxOfInset(map) {
  const inset = map.getContainer().parentElement.querySelector("[data-inset]:not([hidden])");
  if (!inset) return [];
  const { offsetLeft: left, offsetTop: top, offsetWidth: wide, offsetHeight: high } = inset;
  return [[left, top, left + wide, top + high]];
}

// The box of a pin together with how many events are told there.
function withCount([left, top, right, bottom]) {
  return [left, top - 4, right + 14, bottom];
}

export function makeScene(map, { atlas, store, language, onPin, colour }) {
  const style = { renderer: L.svg({ padding: 0.5 }), interactive: false };
  const dotStyle = { renderer: L.canvas({ padding: 0.3, tolerance: 6 }), radius: 3.5, weight: 1, fillOpacity: 1 };
  const [of, measures, dots] = [L.layerGroup(), L.layerGroup(), L.layerGroup()].map((group) => group.addTo(map));
  const pins = makePins(map, onPin);
  const labels = makeLabels(map);
  let names = null; // of streets, once there are some
  const dotOf = new Map();
  let inHand = null; // the event that is being read about
  let [features, outlines, marked, told, measured, middle, onPicture, onCover] = [[], [], null, "", null, 0, false, false];

  const sizeOf = ({ events }) => (onCover ? 2.6 + 1.3 * Math.sqrt(events.length) : dotStyle.radius); // also in static_picture.py
  const paintDots = () => dotOf.forEach((dot, place) => {
    dot.setStyle({ color: colour("land"), fillColor: colour(onCover ? "accent" : "dot") }).setRadius(sizeOf(place));
  });
  const turnDots = () => dotOf.forEach((dot, place) => {
    const lng = nearLng(place.lng, middle);
    if (lng !== dot.getLatLng().lng) dot.setLatLng([place.lat, lng]);
  });
  const addDots = () => {
    for (const place of store.places.values()) {
      if (!place.events.length || place.kind === "spot") continue;
      const name = document.createElement("span");
      name.textContent = place.name;
      const dot = L.circleMarker(place, dotStyle).bindTooltip(name, { direction: "top" });
      const told = { places: [{ number: null, name: place.name, events: place.events }], button: null };
      dots.addLayer(dot.on("click", () => onPin({ ...told, y: map.latLngToContainerPoint(place).y })));
      dotOf.set(place, dot);
    }
    paintDots();
    turnDots();
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paintDots);
    measureSoon();
  };

  // On the cover, those that are known as cities are; the others lie in one, or all over a country.
  const coverLabels = () => [...dotOf].filter(([{ precision }]) => precision === "city")
    .sort(([a], [b]) => b.events.length - a.events.length)
    .slice(0, MOST_ON_COVER)
    .map(([{ name }, dot]) => ({ ...dot.getLatLng(), text: name, named: true, kind: "dot-name" }));
  const nameLabels = (main) => {
    const shown = new Set(pins.all().map(({ place }) => place));
    const named = pins.names().map(({ at, place }) => ({ ...at, text: place.name, named: true, kind: "pin-name" }));
    named.push(...areaLabels(map, features));
    const others = [...dotOf.keys()].filter((place) => !shown.has(place));
    return isClose(map) && main ? [...named, ...neighbours(map, main, others)] : named;
  };
  // What a close view is measured from: the place being read about, else the first of the chapter in sight.
  const mainPin = () => {
    const inSight = pins.all().filter(({ at }) => map.getBounds().contains(at));
    return inSight.find(({ slug }) => slug === marked) ?? inSight[0];
  };
  const measure = () => {
    const close = isClose(map);
    measures.clearLayers();
    if (onPicture) {
      names?.draw([], []);
      labels.draw([], []); // it has words of its own, and the line below the map says what is in hand
      return;
    }
    map.getContainer().classList.toggle("close", close);
    const main = (measured = mainPin());
    const words = onCover ? coverLabels() : nameLabels(main);
    for (const feature of features) {
      if (!feature.properties.km || onCover || (close && feature.properties.long)) continue;
      const { lat, lng } = middleOf(feature);
      words.push({ lat, lng: nearLng(lng, map.getCenter().lng), text: aboutWords(feature.properties.km * 1000), kind: "distance" });
    }
    const grounds = atlas.grounds();
    const drawn = grounds.some(({ bounds: [west, south, east, north] }) => L.latLngBounds([south, west], [north, east]).contains(map.getCenter()));
    if (close && !drawn && !map.getContainer().classList.contains("has-tiles")) {
      for (const part of [main && rings(map, main, style), graticule(map, style)].filter(Boolean)) {
        part.layers.forEach((layer) => measures.addLayer(layer));
        words.push(...part.labels);
      }
    } else words.push(...countryLabels(map, atlas.labels(), language));
    if (!close && !drawn) words.push(...cityLabels(map, atlas.cities(), pins.names()));
    const taken = [...pins.boxes(), ...boxOfInset(map)];
    names ??= atlas.streets()?.addNames(map, colour, onColours);
    const others = labels.draw(words, taken);
    names?.draw(grounds, [...taken.map(withCount), ...others], { focus: main?.at, text: told });
  };
  let callOff = () => {};
  const measureSoon = () => { // once for all that happens together, and after the pins can be seen
    callOff();
    callOff = whenIdle(measure, LABELS_WAIT);
  };
  map.on("moveend covered", measureSoon);
  atlas.onLoad(measureSoon);
  whenIdle(addDots, LABELS_WAIT);

  const show = (chapter, wanted, centre, picture = false) => {
    of.clearLayers();
    onPicture = picture;
    if (onCover !== (chapter === COVER)) {
      onCover = !onCover;
      paintDots();
    }
    map[onPicture ? "removeLayer" : "addLayer"](dots);
    features = store.drawnIn(chapter);
    outlines = features.flatMap((feature) => drawnFeature(feature, style).map((layer) => [layer.addTo(of), feature.properties]));
    for (const { at, place } of pins.show(wanted, store.places, centre)) {
      if (place.radius) of.addLayer(L.circle(at, { ...style, radius: place.radius, className: `precision${place.radius > BROAD ? " broad" : ""}` }));
    }
    middle = centre;
    turnDots();
    measureSoon();
  };
  // Of the lines and areas on a picture, the one that is being read about stands out.
  const markOutlines = () => outlines.forEach(([layer, { spot }]) => {
    layer.eachLayer?.((shape) => shape.getElement?.()?.classList.toggle("here", spot === marked));
  });
  // A journey is drawn from its beginning to its end when it is read about.
  const drawJourney = (event) => outlines.forEach(([layer, { kind, event: of }]) => {
    if (kind !== "leg" || of !== event) return;
    layer.eachLayer?.((shape) => {
      const path = shape.getElement?.();
      const length = path?.getTotalLength();
      if (length) path.animate([{ strokeDasharray: `0 ${length}` }, { strokeDasharray: `${length} 0` }], DRAWING);
    });
  });
  const mark = (slugs, text, event = null) => { // places, the text in hand, and the event it is about
    [marked, told] = [slugs[0] ?? null, text];
    if (onPicture) markOutlines();
    if (event !== inHand && motionIsWelcome()) drawJourney(event);
    inHand = event;
    pins.mark(slugs);
    if (!onPicture && ((isClose(map) && mainPin() !== measured) || names?.isNews(atlas.grounds(), text))) measureSoon();
  };
  return { show, mark, pinOf: pins.of, pinBehind: (button) => pins.all().find((pin) => pin.button === button) };
}
