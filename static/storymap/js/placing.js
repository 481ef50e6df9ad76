// Which labels fit beside each other. Pure.

export function textWidth(text, size = 13) {
  return size * [...text].reduce((width, sign) => width + (sign > "\u2e80" ? 1.02 : 0.62), 0);
}

function boxOf({ x, y, text, named, size }, before) {
  const width = textWidth(text, size);
  const left = named ? (before ? x - 16 - width : x + 16) : x - width / 2;
  return [left, y - 9, left + width, y + 9];
}

function meets(a, b) {
  return a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];
}

// Items ({x, y, text, named}) in order of importance; `taken` are boxes that stay free, `width` is the map's. Returns those
// that fit; `named` items stand beside their point and wholly on the map, on the other side (`before`) when need be.
export function placeLabels(items, taken, width) {
  const boxes = [...taken];
  const free = (box, named) => !(named && (box[0] < 0 || box[2] > width)) && !boxes.some((other) => meets(box, other));
  return items.flatMap((item) => {
    const before = [false, true].slice(0, item.named ? 2 : 1).find((option) => free(boxOf(item, option), item.named));
    if (before === undefined) return [];
    boxes.push(boxOf(item, before));
    return [{ ...item, before }];
  });
}
