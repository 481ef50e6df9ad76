// Where marks, bars and names stand on a strip of time. Pixels. Pure.
export const FINGER = 24; // from the middle of a mark to that of the next: what a finger needs

const BETWEEN_NAMES = 8; // between two names
const HAIR = 0.01; // what a sum of fractions may be off

const between = (least, most, x) => Math.min(Math.max(x, least), Math.max(least, most));

// The middle of `side` pixels in a cell: as near to its own middle as is free; taken or not where nothing is.
function spotIn({ from, until }, side, spots) {
  const [first, last] = [from + side / 2, until - side / 2];
  const middle = (from + until) / 2;
  if (first > last + HAIR) return middle;
  const off = (FINGER + side) / 2;
  const isFree = (x) => x >= first - HAIR && x <= last + HAIR && spots.every((spot) => Math.abs(spot.x - x) >= off - HAIR);
  const free = [middle, ...spots.flatMap((spot) => [spot.x - off, spot.x + off])].filter(isFree);
  return free.sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle))[0] ?? middle;
}

function joined(a, b) {
  const [m, n] = [a.marks.length, b.marks.length];
  return { x: (m * a.x + n * b.x) / (m + n), marks: [...a.marks, ...b.marks] };
}

// `marks`: { from, until }, the cell in which each may stand: its day, its month, its stretch. Those of one cell stand side
// by side in it, in their order, where it has room for them; whatever would be closer than a finger becomes one.
// Returns [{ x, marks }] from left to right.
export function gathered(marks, width) {
  const cells = new Map();
  for (const mark of marks) {
    const key = `${mark.from} ${mark.until}`;
    cells.set(key, [...(cells.get(key) ?? []), mark]);
  }
  const narrowFirst = [...cells.values()].sort(([a], [b]) => a.until - a.from - (b.until - b.from));
  const spots = [];
  for (const cell of narrowFirst) {
    const side = FINGER * cell.length;
    const fits = side <= cell[0].until - cell[0].from + HAIR;
    const x = spotIn(cell[0], fits ? side : FINGER, spots);
    if (fits) spots.push(...cell.map((mark, n) => ({ x: x + (n - (cell.length - 1) / 2) * FINGER, marks: [mark] })));
    else spots.push({ x, marks: cell });
  }
  const found = [];
  for (const spot of spots.map((one) => ({ ...one, x: between(FINGER / 2, width - FINGER / 2, one.x) })).sort((a, b) => a.x - b.x)) {
    let next = spot;
    while (found.length && next.x - found.at(-1).x < FINGER - HAIR) next = joined(found.pop(), next);
    found.push(next);
  }
  return found;
}

// `bars`: { from, until }. The lane of each, the first that is free; where all are taken, the last.
export function lanesOf(bars, lanes) {
  const reached = Array(lanes).fill(-Infinity);
  return bars.map(({ from, until }) => {
    const free = reached.findIndex((end) => end <= from + HAIR);
    const lane = free < 0 ? lanes - 1 : free;
    reached[lane] = Math.max(reached[lane], until);
    return lane;
  });
}

// `names`: { x, width } from left to right. Where each begins, with its middle at x if it can; null for one without room.
export function namesIn(names, width) {
  let reached = -Infinity;
  return names.map((name) => {
    const start = between(0, width - name.width, name.x - name.width / 2);
    if (start < reached + BETWEEN_NAMES) return null;
    reached = start + name.width;
    return start;
  });
}
