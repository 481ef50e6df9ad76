// Where the names of the ground stand: along streets and rivers, at districts and squares. Pixels of the window. Pure.

const STEP = 12; // pixels between the starts that are tried on a line
const TRIED = 24; // of the best starts
const REPEAT = 400; // pixels between two places of one name
const OFF_PINS = 6; // pixels that a name keeps from pins and their names
const APART = 3; // pixels between two names
const DISC = 8; // pixels between the middles of the discs that stand for a name
const RIM = 8; // pixels to the edge of the window
const SWAY = 1.2; // pixels off the straight line up to which a name is written straight
const BEND = 0.24; // radians from one disc to the next, at most: otherwise letters run into each other
const TURN = 0.9; // radians from the first letter to the last
const HALF = 0.62; // of the size of the letters: half the height of a line
const CROSSING = 40; // what it costs to stand on a junction, in pixels off the middle of the street
// From a point to where its name may stand, in widths of the name and lines of 2.4 letters: beyond lies the neighbour.
const SPOTS = [[0, 0], [0, -1], [0, 1], [-0.3, 0], [0.3, 0], [-0.3, -1], [0.3, -1], [-0.3, 1], [0.3, 1]];
const JOINED = /[\u0590-\u08ff\u0900-\u0dff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]/; // scripts whose letters cannot be set one by one

function walked(xy) {
  const at = [0];
  for (let i = 2; i < xy.length; i += 2) at.push(at.at(-1) + Math.hypot(xy[i] - xy[i - 2], xy[i + 1] - xy[i - 1]));
  return { xy, at, length: at.at(-1) };
}

function pointOn({ xy, at }, s) {
  let [low, high] = [0, at.length - 2];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (at[middle] <= s) low = middle;
    else high = middle - 1;
  }
  const share = (s - at[low]) / (at[low + 1] - at[low] || 1);
  const i = 2 * low;
  return { x: xy[i] + share * (xy[i + 2] - xy[i]), y: xy[i + 1] + share * (xy[i + 3] - xy[i + 1]) };
}

// The stretches of a line in a box, as distances from its start.
export function stretches({ xy, at }, [left, top, right, bottom]) {
  const found = [];
  for (let n = 0; n < at.length - 1; n++) {
    const [x, y, dx, dy] = [xy[2 * n], xy[2 * n + 1], xy[2 * n + 2] - xy[2 * n], xy[2 * n + 3] - xy[2 * n + 1]];
    let [enter, leave] = [0, 1];
    for (const [depth, change] of [[x - left, dx], [right - x, -dx], [y - top, dy], [bottom - y, -dy]]) {
      if (change > 0) enter = Math.max(enter, -depth / change);
      else if (change < 0) leave = Math.min(leave, -depth / change);
      else if (depth < 0) leave = -1;
    }
    if (enter >= leave) continue;
    const [from, to] = [enter, leave].map((share) => at[n] + share * (at[n + 1] - at[n]));
    if (found.length && from - found.at(-1)[1] < 1e-6) found.at(-1)[1] = to;
    else found.push([from, to]);
  }
  return found;
}

// Where other lines cross or touch a line, as distances from its start.
export function crossingsOf(line, others) {
  const { xy, at } = walked(line.xy);
  const [west, north, east, south] = line.box;
  const found = [];
  for (const { xy: other, box } of others) {
    if (other === line.xy || box[0] > east || box[2] < west || box[1] > south || box[3] < north) continue;
    for (let j = 0; j < other.length - 2; j += 2) {
      const [cx, cy, dx, dy] = [other[j], other[j + 1], other[j + 2] - other[j], other[j + 3] - other[j + 1]];
      if (Math.max(cx, cx + dx) < west || Math.min(cx, cx + dx) > east || Math.max(cy, cy + dy) < north || Math.min(cy, cy + dy) > south) continue;
      for (let n = 0; n < at.length - 1; n++) {
        const [ax, ay, bx, by] = [xy[2 * n], xy[2 * n + 1], xy[2 * n + 2] - xy[2 * n], xy[2 * n + 3] - xy[2 * n + 1]];
        const across = bx * dy - by * dx;
        if (Math.abs(across) < 1e-24) continue;
        const [t, u] = [((cx - ax) * dy - (cy - ay) * dx) / across, ((cx - ax) * by - (cy - ay) * bx) / across];
        const room = 1e-3; // a street that ends at this one may end a hair before it
        if (t >= -room && t <= 1 + room && u >= -room && u <= 1 + room) found.push(at[n] + t * (at[n + 1] - at[n]));
      }
    }
  }
  return found;
}

// How a name lies on a line from `from` on: straight, or letter by letter; null where the line bends too much for it.
function laid(path, from, { text, width, ends }) {
  const read = pointOn(path, from + width).x >= pointOn(path, from).x; // never upside down
  const point = (s) => pointOn(path, Math.max(0, Math.min(path.length, read ? from + s : from + width - s)));
  const heading = (s) => {
    const [a, b] = [point(s - DISC / 2), point(s + DISC / 2)];
    return Math.atan2(b.y - a.y, b.x - a.x);
  };
  const count = Math.max(2, Math.round(width / DISC));
  const discs = Array.from({ length: count + 1 }, (_, n) => point((n / count) * width));
  const [a, b] = [discs[0], discs.at(-1)];
  const chord = Math.hypot(b.x - a.x, b.y - a.y);
  const sway = Math.max(...discs.map(({ x, y }) => Math.abs((b.x - a.x) * (y - a.y) - (b.y - a.y) * (x - a.x)) / (chord || 1)));
  if (sway <= SWAY) {
    return { discs, x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, angle: Math.atan2(b.y - a.y, b.x - a.x), bend: 0 };
  }
  if (JOINED.test(text)) return null;
  const headings = discs.map((_, n) => heading((n / count) * width));
  const turns = headings.slice(1).map((angle, n) => Math.abs(Math.atan2(Math.sin(angle - headings[n]), Math.cos(angle - headings[n]))));
  const bend = turns.reduce((sum, turn) => sum + turn, 0);
  if (Math.max(...turns) > BEND || bend > TURN) return null;
  const letters = ends().map(([sign, start, end]) => ({ sign, ...point((start + end) / 2), angle: heading((start + end) / 2) }));
  return { discs, letters, ...point(width / 2), angle: 0, bend };
}

// `isOpen(point)`: whether the middle of the name may stand there; `before`: where it stood.
function* onLine({ path, crossings }, name, box, { isOpen, before }) {
  const found = [];
  for (const [from, to] of stretches(path, box)) {
    const middle = (from + to - name.width) / 2;
    const add = (s, more) => {
      const at = pointOn(path, s + name.width / 2);
      if (!isOpen(at)) return;
      const met = crossings.filter((crossing) => crossing > s - 4 && crossing < s + name.width + 4).length;
      const stood = before.some((old) => Math.hypot(old.x - at.x, old.y - at.y) < 3);
      found.push([met * CROSSING + Math.abs(s - middle) / 4 + more - (stood ? 1000 : 0), s]);
    };
    for (let s = Math.ceil(from / STEP) * STEP; s + name.width <= to; s += STEP) add(s, 0);
    if (to - from >= name.width) add(middle, 10);
  }
  found.sort(([a], [b]) => a - b);
  const stands = found.slice(0, TRIED).map(([cost, s]) => [cost, laid(path, s, name)]).filter(([, stand]) => stand);
  const worth = ([cost, { bend }]) => cost + bend * 60;
  yield* stands.sort((a, b) => worth(a) - worth(b)).map(([, stand]) => stand);
}

function* atPoint({ x, y, room }, { width, size }) {
  if (room !== undefined && width > room) return;
  for (const [across, down] of room === undefined ? SPOTS : SPOTS.slice(0, 3)) {
    const middle = { x: x + across * width, y: y + down * 2.4 * size };
    const count = Math.max(2, Math.round(width / DISC));
    const discs = Array.from({ length: count + 1 }, (_, n) => ({ x: middle.x + (n / count - 0.5) * width, y: middle.y }));
    yield { discs, ...middle, angle: 0 };
  }
}

function isOff({ x, y }, [left, top, right, bottom], room) {
  return Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom)) >= room;
}

// `wanted`: names in order of importance, each { text, kind, width, size, ends(), without, and on a line { xy, crossings() }
// or at a point { x, y, room } }: `without` are boxes that belong to others, `room` how broad it may be. `taken`: boxes that
// stay free; `before`: what stood there when the map was last still. Returns at most `most` that fit, with where they stand.
export function letters(wanted, { taken, width, height, most, before = [] }) {
  const placed = [];
  const window = [RIM, RIM, width - RIM, height - RIM];
  const isOpen = (text) => ({ x, y }) => placed.every((other) => other.text !== text || Math.hypot(other.x - x, other.y - y) >= REPEAT);
  const isFree = (name, { discs, x, y }) => {
    const half = HALF * name.size;
    const clear = ({ discs: others, half: room }) => others.every((b) => discs.every((a) => Math.hypot(a.x - b.x, a.y - b.y) >= half + room + APART));
    return discs.every((disc) => !isOff(disc, window, 0.001))
      && discs.every((disc) => taken.every((box) => isOff(disc, box, half + OFF_PINS)) && name.without.every((box) => isOff(disc, box, 0.001)))
      && isOpen(name.text)({ x, y }) && placed.every(clear);
  };
  const paths = new Map();
  const pathOf = (name) => {
    if (!paths.has(name)) paths.set(name, { path: walked(name.xy), crossings: name.crossings() });
    return paths.get(name);
  };
  const place = (name) => {
    const told = { isOpen: isOpen(name.text), before: before.filter(({ text }) => text === name.text) };
    const stands = name.xy ? onLine(pathOf(name), name, window, told) : atPoint(name, name);
    for (const stand of stands) {
      if (!isFree(name, stand)) continue;
      placed.push({ ...name, ...stand, half: HALF * name.size });
      return true;
    }
    return false;
  };
  let left = wanted;
  while (left.length && placed.length < most) { // each once before any twice
    left = left.filter((name) => placed.length < most && place(name) && name.xy);
  }
  return placed;
}
