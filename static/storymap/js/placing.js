// Which labels fit beside each other, and where. Pure.

export function textWidth(text, size = 13) {
  return size * [...text].reduce((width, sign) => width + (sign > "\u2e80" ? 1.02 : 0.62), 0);
}

const EDGE = 6; // pixels between the edge of the map and what stands at it: .35rem, as in map.css
const HALF_LINE = 0.7; // of the size of the letters: half the height of a line
const CLEAR = 4; // pixels by which a name is nearer to its own point than to any other
// Where a name stands at its point, best first: from the point to the near end of the name and to its middle line, in
// pixels, as in map.css. `end` is the part of the name that is meant: 0 its start, 1 its end.
const SIDES = {
  after: { end: 0, x: 16, y: 0 },
  before: { end: 1, x: -16, y: 0 },
  under: { end: 0.5, x: 0, y: 16 },
  "under-after": { end: 0, x: 6, y: 14 },
  "under-before": { end: 1, x: -6, y: 14 },
};
const DOT = 4; // pixels from the middle of a city's dot to its edge, with a little room
const DOT_SIDES = { // of a name at such a dot
  after: { end: 0, x: 7, y: 0 },
  before: { end: 1, x: -7, y: 0 },
  under: { end: 0.5, x: 0, y: 13 },
  over: { end: 0.5, x: 0, y: -13 },
};

function boxAt(left, middle, width, size) {
  return [left, middle - HALF_LINE * size, left + width, middle + HALF_LINE * size];
}

function around([left, top, right, bottom], x, y) {
  return [Math.min(left, x - DOT), Math.min(top, y - DOT), Math.max(right, x + DOT), Math.max(bottom, y + DOT)];
}

// { x, y, side, box } for every place where the item may stand.
function optionsOf({ x, y, text, named, dot, hidden, edge, spots, size = 13, width = textWidth(text, size) }) {
  if (dot && !hidden) {
    const beside = (at) => boxAt(x + at.x - at.end * width, y + at.y, width, size);
    return Object.entries(DOT_SIDES).map(([side, at]) => ({ x, y, side, box: around(beside(at), x, y) }));
  }
  if (named || dot) {
    return Object.entries(SIDES).map(([side, at]) => ({ x, y, side, box: boxAt(x + at.x - at.end * width, y + at.y, width, size) }));
  }
  if (edge) return [{ x, y, box: boxAt(x + EDGE, y, width, size) }];
  return (spots ?? [{ x, y }]).map((spot) => ({ ...spot, box: boxAt(spot.x - width / 2, spot.y, width, size) }));
}

function meets(a, b) {
  return a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];
}

// From a box to a point, in pixels.
export function gap([left, top, right, bottom], { x, y }) {
  return Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom));
}

// A name keeps off what belongs to others; what stands on its own point, its pin, it may touch.
function grown([left, top, right, bottom], { x, y, named, dot }) {
  const room = (named || dot) && !(left <= x && x <= right && top <= y && y <= bottom) ? CLEAR : 0;
  return [left - room, top - room, right + room, bottom + room];
}

function isNearestToItsOwn(box, item, points) {
  const own = gap(box, item);
  const others = points.filter(({ x, y }) => Math.hypot(x - item.x, y - item.y) > 1);
  return others.every((point) => gap(box, point) > own + CLEAR);
}

// Items ({x, y, text, named, edge, spots}) in order of importance; `taken` are boxes that stay free, `width` and `height`
// are the map's. Returns those that fit. `named` items stand beside their point, nearer to it than to that of any other,
// and wholly on the map, as do those with several `spots` to choose from and those with a `dot` of their own, which is
// `hidden` where a pin stands for it.
export function placeLabels(items, taken, width, height = Infinity) {
  const placed = [];
  const points = items.filter(({ named }) => named);
  const isWhole = ([left, top, right, bottom]) => left >= 0 && right <= width && top >= 0 && bottom <= height;
  return items.flatMap((item) => {
    const free = ({ box }) => {
      if ((item.named || item.dot || item.spots) && !isWhole(box)) return false;
      if (item.named && !isNearestToItsOwn(box, item, points)) return false;
      return !placed.some((other) => meets(box, other)) && !taken.some((other) => meets(box, grown(other, item)));
    };
    const found = optionsOf(item).find(free);
    if (!found) return [];
    placed.push(found.box);
    return [{ ...item, ...found }];
  });
}
