// Which cities the map names: the larger, the farther away it is seen. Pure.
import { turnTo } from "./ground.js";
import { holds } from "./outlines.js";

const CLASS_BY_ZOOM = [[3.5, 9], [6.5, 3], [8.5, 2], [11.5, 1]]; // up to a zoom, the least class; as in cities.py
const FEW = 8; // so many are named even where no city is of the class
const MOST_TRIED = 40;
const [FAR_VIEW, MOST_FAR] = [4.5, 5]; // up to a zoom, so many: they stand between the names of countries

// `cities` of the atlas's files ({ name, x, y, size, capital }), of which one may be in several; `box` is the window, in world
// coordinates; where `grounds` are drawn, they name their own. Returns those to be named, the largest first.
export function citiesToName(cities, zoom, box, grounds) {
  const least = CLASS_BY_ZOOM.find(([upTo]) => zoom < upTo)?.[1] ?? 9;
  if (least > 3) return [];
  const isThere = ({ name, x, y }, other) => name === other.name && Math.abs(x - other.x) < 1e-4 && Math.abs(y - other.y) < 1e-4;
  const isDrawn = ({ x, y }) => grounds.some(({ bounds }) => holds(bounds, [x, y, x, y]));
  const seen = cities.filter((city, n) => {
    if (turnTo([city.x, city.y, city.x, city.y], box) === null || isDrawn(city)) return false;
    return cities.findIndex((other) => isThere(city, other)) === n;
  });
  seen.sort((a, b) => b.size - a.size); // in each file the larger comes first
  return seen.filter(({ size }, n) => size >= least || n < FEW).slice(0, zoom < FAR_VIEW ? MOST_FAR : MOST_TRIED);
}

function folded(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().split(/[,(（、]/)[0].trim();
}

// Whether a place is the city itself, by its name: "La Habana, Cuba".
export function isCity(place, city) {
  return folded(place) === folded(city);
}
