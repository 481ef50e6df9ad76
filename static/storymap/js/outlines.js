// The basemap's files ("atlas/1") as outlines to draw, and which of them a tile needs. Pure.

export function outline(deltas, scale, origin = [0, 0]) {
  const xy = new Float64Array(deltas.length);
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0, [x, y] = origin; i < deltas.length; i += 2) {
    xy[i] = (x += deltas[i]) / scale;
    xy[i + 1] = (y += deltas[i + 1]) / scale;
    box[0] = Math.min(box[0], xy[i]);
    box[1] = Math.min(box[1], xy[i + 1]);
    box[2] = Math.max(box[2], xy[i]);
    box[3] = Math.max(box[3], xy[i + 1]);
  }
  return { xy, box };
}

// World coordinates: 0 to 1 from west to east and from north to south.
export function unpack(file) {
  if (file.format !== "atlas/1") throw new Error(`not an atlas: ${file.format}`);
  const { scale } = file;
  return {
    scale, // steps across the world
    polygons: file.polygons.map(({ rings }) => rings.map((ring) => outline(ring, scale))),
    coast: file.coast.map((line) => outline(line, scale)),
    border: file.border.map((line) => outline(line, scale)),
    labels: file.labels.map(({ id, name, x, y, area }) => ({ id, name, x: x / scale, y: y / scale, area: area / scale ** 2 })),
    cities: (file.cities ?? []).map(([name, x, y, size, capital]) => ({ name, x: x / scale, y: y / scale, size, capital: Boolean(capital) })),
  };
}

export function worldX(lng) {
  return (lng + 180) / 360;
}

export function worldY(lat) {
  const sine = Math.sin((lat * Math.PI) / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
}

const NEXT_WORLDS = [0, -1, 1]; // worlds to the left and right in which bounds may lie

function edgesOf([west, south, east, north], turn) {
  return [worldX(west) + turn, worldY(north), worldX(east) + turn, worldY(south)];
}

// Whether the whole box, in world coordinates, lies within bounds, in degrees.
export function holds(bounds, box) {
  return NEXT_WORLDS.some((turn) => {
    const [west, north, east, south] = edgesOf(bounds, turn);
    return west <= box[0] && east >= box[2] && north <= box[1] && south >= box[3];
  });
}

// The extracts of which something is drawn in the box at this zoom; the finer ones come later, and lie over the others.
export function extractsIn(extracts, zoom, box) {
  const isMet = ([west, north, east, south]) => west < box[2] && east > box[0] && north < box[3] && south > box[1];
  const met = extracts.filter(({ bounds, minZoom }) => zoom >= minZoom && NEXT_WORLDS.some((turn) => isMet(edgesOf(bounds, turn))));
  return met.slice(Math.max(0, met.findLastIndex(({ bounds }) => holds(bounds, box))));
}

// The extract that covers the whole box at this zoom, else the level made for it. `box` in world coordinates.
export function fileFor({ levels, nears }, zoom, box) {
  const near = nears.find(({ bounds, minZoom }) => zoom >= minZoom && holds(bounds, box));
  return near ?? levels.find((level) => zoom <= level.maxZoom) ?? levels.at(-1);
}

function crosses({ xy, box }, x, y) {
  if (x < box[0] || x > box[2] || y < box[1] || y > box[3]) return false;
  let odd = false;
  for (let i = 0, j = xy.length - 2; i < xy.length; j = i, i += 2) {
    const [ax, ay, bx, by] = [xy[j], xy[j + 1], xy[i], xy[i + 1]];
    if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) odd = !odd;
  }
  return odd;
}

// Whether a point of the world is land: in a ring, but in no hole of it.
export function covers(polygons, x, y) {
  return [x - 1, x, x + 1].some((turned) => polygons.some((rings) => rings.filter((ring) => crosses(ring, turned, y)).length % 2));
}

function side(x, y, box) {
  return (x < box[0] ? 1 : x > box[2] ? 2 : 0) | (y < box[1] ? 4 : y > box[3] ? 8 : 0);
}

// Adds a line to a canvas path and says whether any of it is in sight. `box`: the part of the world that is; `size`:
// pixels of the whole world.
export function traceLine(pen, { xy }, box, size, turn) {
  let [drawing, before, seen] = [false, 0, false];
  for (let i = 0; i < xy.length; i += 2) {
    const [x, y] = [xy[i] + turn, xy[i + 1]];
    const here = side(x, y, box);
    if (i && !(before & here)) {
      if (!drawing) pen.moveTo((xy[i - 2] + turn - box[0]) * size, (xy[i - 1] - box[1]) * size);
      pen.lineTo((x - box[0]) * size, (y - box[1]) * size);
      drawing = seen = true;
    } else drawing = false;
    before = here;
  }
  return seen;
}

// What of a ring lies on one side of a line (Sutherland and Hodgman 1974). `axis` 0: x, 1: y.
function cut(ring, axis, limit, sign) {
  const within = [];
  for (let i = 0; i < ring.length; i++) {
    const [a, b] = [ring[(i || ring.length) - 1], ring[i]];
    const [inA, inB] = [(a[axis] - limit) * sign >= 0, (b[axis] - limit) * sign >= 0];
    if (inA !== inB) {
      const share = (limit - a[axis]) / (b[axis] - a[axis]);
      within.push([a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])]);
    }
    if (inB) within.push(b);
  }
  return within;
}

// Adds a ring, cut to the box: close views would reach beyond the numbers a canvas can fill with.
export function traceRing(pen, { xy }, box, size, turn) {
  let ring = [];
  let [last, before] = [[NaN, NaN], 0];
  for (let i = 0; i < xy.length; i += 2) {
    const point = [xy[i] + turn, xy[i + 1]];
    const here = side(...point, box);
    const after = i + 3 < xy.length ? side(xy[i + 2] + turn, xy[i + 3], box) : 0;
    const unseen = ring.length > 0 && before & here & after; // out of sight with both its neighbours
    if (unseen || Math.abs(point[0] - last[0]) + Math.abs(point[1] - last[1]) < 0.7 / size) continue;
    ring.push((last = point));
    before = here;
  }
  ring = cut(cut(cut(cut(ring, 0, box[0], 1), 0, box[2], -1), 1, box[1], 1), 1, box[3], -1);
  ring.forEach(([x, y], n) => pen[n ? "lineTo" : "moveTo"]((x - box[0]) * size, (y - box[1]) * size));
  if (ring.length) pen.closePath();
}
