// The map of the chapter form: the places of its moments, what is drawn on it, and the camera as a frame.
import { drawnShapes } from "./drawn-shapes.js";
import { create } from "./create.js";
import { nearLng } from "./place-store.js";
import { addGround } from "./workshop-ground.js";

const INSET = 5; // pixels by which the frame stands inside the window
const WORLD = { center: { lat: 20, lng: 0 }, zoom: 1 };

function numbered(number, { name, aside }) {
  const html = create("span", { className: `map-number${aside ? " aside" : ""}`, textContent: number, title: name });
  return L.divIcon({ className: "pin-holder", html, iconSize: [0, 0] });
}

// Returns { view(), lay(extracts), go(camera), frame(camera), places(list), overlay(geojson) -> whether it could be drawn }.
export function openChapterMap(element, ground, words) {
  const map = L.map(element, { zoomControl: false, zoomSnap: 0, inertia: false, worldCopyJump: true, maxZoom: 20 });
  map.on("moveend", () => Object.assign(element.dataset, { center: `${map.getCenter().lat},${map.getCenter().lng}`, zoom: map.getZoom() }));
  map.setView(WORLD.center, WORLD.zoom, { animate: false });
  map.attributionControl.setPrefix(false);
  L.control.zoom({ zoomInTitle: words.zoomIn, zoomOutTitle: words.zoomOut }).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  const { lay } = addGround(map, element, ground);
  const [pins, drawn, frames] = [L.layerGroup(), L.layerGroup(), L.layerGroup()].map((group) => group.addTo(map));
  const cornersOf = ({ center, zoom, bounds }) => {
    if (bounds) return [[bounds.south, bounds.west], [bounds.north, bounds.east]];
    const half = map.getSize().divideBy(2).subtract([INSET, INSET]);
    const middle = map.project([center.lat, center.lng], zoom);
    return [middle.subtract(half), middle.add(half)].map((point) => map.unproject(point, zoom));
  };
  const boxOf = ({ west, south, east, north }) => [[south, west], [north, east]];
  return {
    lay,
    view: () => ({ at: map.getCenter(), zoom: map.getZoom() }),
    go: (camera) => {
      const { center, zoom, bounds } = camera ?? WORLD;
      if (bounds) map.fitBounds(boxOf(bounds), { animate: false, padding: [INSET + 2, INSET + 2] });
      else map.setView(center, Math.min(20, zoom), { animate: false });
    },
    frame: (camera) => {
      frames.clearLayers();
      if (camera) frames.addLayer(L.rectangle(cornersOf(camera), { className: "camera-frame", fill: false, interactive: false }));
    },
    places: (list) => {
      pins.clearLayers();
      const middle = map.getCenter().lng;
      list.forEach((place, n) => {
        const at = [place.lat, nearLng(place.lng, middle)];
        pins.addLayer(L.circle(at, { radius: place.radius, className: "radius", interactive: false }));
        pins.addLayer(L.marker(at, { icon: numbered(n + 1, place), keyboard: false, zIndexOffset: -n }));
      });
    },
    overlay: (geojson) => {
      drawn.clearLayers();
      if (!geojson) return true;
      try {
        geojson.features.flatMap((feature) => drawnShapes(feature, { interactive: false })).forEach((layer) => drawn.addLayer(layer));
      } catch {
        return false;
      }
      return true;
    },
  };
}
