// Basemap extracts ("atlas/2") as shapes to draw, in the order they are drawn, and how broad each of them is. Pure.
import { outline, worldX, worldY } from "./outlines.js";

export const ROADS = ["path", "local", "main", "motorway"]; // the broader over the narrower
const WIDTHS = { // pixels at whole zooms; between them in a straight line, beyond them as the ground itself grows
  path: [[15, 1], [16, 1.2], [18, 3]],
  local: [[13, 0.8], [14, 1.2], [16, 4], [18, 10]],
  main: [[10, 1], [12, 2], [14, 4], [16, 8], [18, 16]],
  motorway: [[8, 1], [10, 2], [12, 4], [14, 6], [16, 11], [18, 20]],
  river: [[10, 1], [12, 1.6], [14, 3], [16, 6], [18, 14]],
  rail: [[11, 0.7], [14, 1], [18, 1.4]],
};
const FROM = { building: 15, block: 13, square: 14, path: 15, local: 12.5, rail: 11 }; // smaller zooms leave them out

export function widthOf(kind, zoom) {
  const stops = WIDTHS[kind];
  const [[first, least], [last, most]] = [stops[0], stops.at(-1)];
  if (zoom <= first) return least * 2 ** ((zoom - first) / 2);
  if (zoom >= last) return most * 2 ** (zoom - last);
  const n = stops.findIndex(([stop]) => zoom <= stop);
  const [[a, low], [b, high]] = [stops[n - 1], stops[n]];
  return low + ((high - low) * (zoom - a)) / (b - a);
}

export function isDrawn(kind, zoom) {
  return zoom >= (FROM[kind] ?? 0);
}

// What of a ring is a shore: not the edge at which the file was cut. Lines as [x, y, x, y ...].
function shoresOf(ring, [west, north, east, south], step) {
  const near = (a, b) => Math.abs(a - b) <= 1.5 * step;
  const isCut = (ax, ay, bx, by) => [west, east].some((x) => near(ax, x) && near(bx, x)) || [north, south].some((y) => near(ay, y) && near(by, y));
  const shores = [];
  let shore = null;
  for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
    if (isCut(ring[j], ring[j + 1], ring[i], ring[i + 1])) shore = null;
    else if (shore) shore.push(ring[i], ring[i + 1]);
    else shores.push((shore = [ring[j], ring[j + 1], ring[i], ring[i + 1]]));
  }
  return shores;
}

function boxOf(xy) {
  const [xs, ys] = [xy.filter((_, n) => n % 2 === 0), xy.filter((_, n) => n % 2)];
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

// World coordinates: 0 to 1 from west to east and from north to south.
export function unpackGround(file) {
  if (file.format !== "atlas/2") throw new Error(`not a basemap extract: ${file.format}`);
  const { scale, origin, names, minZoom, credit } = file;
  const [west, south, east, north] = file.bounds;
  const box = [worldX(west), worldY(north), worldX(east), worldY(south)];
  const shaped = (deltas) => outline(deltas, scale, origin);
  const each = (kinds, make) => Object.fromEntries(Object.entries(kinds).map(([kind, all]) => [kind, all.map(make)]));
  const areas = each(file.areas, ([name, ...rings]) => ({ name: names[name] ?? "", rings: rings.map(shaped) }));
  const wet = [...(areas.sea ?? []), ...(areas.water ?? [])].flatMap(({ rings }) => rings);
  return {
    box, bounds: file.bounds, minZoom, credit, areas, names,
    lines: each(file.lines, ([name, line]) => ({ name: names[name] ?? "", ...shaped(line) })),
    shores: wet.flatMap(({ xy }) => shoresOf(xy, box, 1 / scale)).map((xy) => ({ xy, box: boxOf(xy) })),
    places: file.places.map(([name, kind, x, y, rank]) => ({ text: names[name], kind, rank, x: (origin[0] + x) / scale, y: (origin[1] + y) / scale })),
  };
}

export function isMeeting(a, b) {
  return a[0] <= b[2] && a[2] >= b[0] && a[1] <= b[3] && a[3] >= b[1];
}

// By how many worlds a box is moved so that it meets another; null when it does not.
export function turnTo([west, north, east, south], box) {
  return [0, -1, 1, -2, 2].find((turn) => isMeeting([west + turn, north, east + turn, south], box)) ?? null;
}

// The credit lines of what is drawn, as text, each name once: `inWords(key, values)` says in the page's language that a drawing
// is simplified.
export function creditsOf(credits, inWords) {
  const isSaidBy = (one, other) => one !== other && !one.simplified === !other.simplified && other.attribution.includes(one.attribution);
  const line = ({ attribution, date, simplified }) => {
    const year = /^-?\d{4}/.exec(date ?? "")?.[0];
    const credit = year && !attribution.includes(year) ? `${attribution} (${year})` : attribution;
    const said = simplified ? inWords("simplified", { credit }) : credit;
    return said.includes(credit) ? said : credit; // a page of the workshop has no word for it
  };
  const needed = credits.filter((one, n) => !credits.some((other, m) => isSaidBy(one, other) && (one.attribution !== other.attribution || m < n)));
  return [...new Set(needed.map(line))];
}
