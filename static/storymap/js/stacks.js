// Which pins stand as one, because on their own each would hide another. Pure.
const [PIN_WIDE, PIN_HIGH] = [32, 40]; // pixels of a pin, as in map.css

// How much of a pin another of the same size covers, 0 to 1. `a`, `b`: where their tips are, in pixels.
export function coveredBy(a, b) {
  const [across, down] = [Math.max(0, PIN_WIDE - Math.abs(a.x - b.x)), Math.max(0, PIN_HIGH - Math.abs(a.y - b.y))];
  return (across * down) / (PIN_WIDE * PIN_HIGH);
}

// Tips ({x, y}) in order of importance, as stacks: each begins with the one whose place it keeps, and holds every
// later one of which that hides more than half.
export function stacksOf(tips) {
  const left = [...tips];
  const stacks = [];
  while (left.length) {
    const first = left[0];
    stacks.push(left.filter((tip) => coveredBy(first, tip) > 0.5));
    stacks.at(-1).forEach((tip) => left.splice(left.indexOf(tip), 1));
  }
  return stacks;
}
