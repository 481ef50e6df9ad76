// What areas and lines are called on the map, and where their names may stand.
import { say } from "./words.js";

const BESIDE = 12; // pixels between an outline and the middle of its name
const FOOT = 56; // pixels at the lower edge of the map for its scale and credits

function positions(coordinates) {
  return typeof coordinates[0] === "number" ? [coordinates] : coordinates.flatMap(positions);
}

// Below the outline, above it, or in its middle, within the map; none where no part of it can be seen.
function spotsOf(map, { geometry }) {
  const points = positions(geometry.coordinates).map(([lng, lat]) => map.latLngToContainerPoint([lat, lng]));
  const { min, max } = L.bounds(points);
  const size = map.getSize();
  if (max.x < 0 || max.y < 0 || min.x > size.x || min.y > size.y) return [];
  const x = (Math.max(0, min.x) + Math.min(size.x, max.x)) / 2;
  const middle = (Math.max(0, min.y) + Math.min(size.y, max.y)) / 2;
  return [Math.min(max.y + BESIDE, size.y - FOOT), Math.max(min.y - BESIDE, BESIDE), middle].map((y) => ({ x, y }));
}

// Labels for labels.js; an area that is drawn in parts is named once.
export function areaLabels(map, features) {
  const named = new Map();
  for (const feature of features.filter(({ properties }) => properties.kind === "area")) {
    const { name = "", schematic } = feature.properties;
    const text = schematic ? say("schematic", { name }).trim() : name;
    const spots = text && !named.has(text) ? spotsOf(map, feature) : [];
    if (spots.length) named.set(text, { ...map.containerPointToLatLng(spots[0]), text, spots, kind: "area-name" });
  }
  return [...named.values()];
}
