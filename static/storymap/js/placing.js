// Which labels fit beside each other. Pure.

export function textWidth(text, size = 13) {
  return size * [...text].reduce((width, sign) => width + (sign > "\u2e80" ? 1.02 : 0.62), 0);
}

const EDGE = 6; // pixels between the edge of the map and what stands at it: .35rem, as in map.css
const SIDES = ["after", "before", "under"];

function boxOf({ x, y, text, named, edge, size }, side) {
  const width = textWidth(text, size);
  const left = named ? { after: x + 16, before: x - 16 - width, under: x - width / 2 }[side] : x + (edge ? EDGE : -width / 2);
  const middle = side === "under" ? y + 16 : y;
  return [left, middle - 9, left + width, middle + 9];
}

function meets(a, b) {
  return a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];
}

// Items ({x, y, text, named, edge}) in order of importance; `taken` are boxes that stay free, `width` is the map's. Returns those
// that fit; `named` items stand beside their point and wholly on the map, on the other `side` or under it when need be.
export function placeLabels(items, taken, width) {
  const boxes = [...taken];
  const free = (box, named) => !(named && (box[0] < 0 || box[2] > width)) && !boxes.some((other) => meets(box, other));
  return items.flatMap((item) => {
    const side = SIDES.slice(0, item.named ? SIDES.length : 1).find((option) => free(boxOf(item, option), item.named));
    if (!side) return [];
    boxes.push(boxOf(item, side));
    return [{ ...item, side }];
  });
}
