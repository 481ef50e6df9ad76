// Where a picture's focal point is: 0 to 1 from the left and from the top, in hundredths. Pure.

const ARROWS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

function within(part) {
  return Math.min(1, Math.max(0, Math.round(part * 100) / 100));
}

export function partAt(box, x, y) {
  return [within((x - box.left) / box.width), within((y - box.top) / box.height)];
}

// The next point after a key, or nothing where the key is none of ours. Without a point the middle is left.
export function steppedPoint(point, key, far) {
  const arrow = ARROWS[key];
  if (!arrow) return null;
  const [x, y] = point ?? [0.5, 0.5];
  const step = far ? 0.1 : 0.01;
  return [within(x + arrow[0] * step), within(y + arrow[1] * step)];
}

export function pointTyped(x, y) {
  const point = [x, y].map((text) => (text.trim() === "" ? NaN : Number(text)));
  return point.every((part) => part >= 0 && part <= 1) ? point : null;
}
