// Where the pin was before, and what is odd about where it is. Pure.

const EARTH_RADIUS = 6371;
export const FAR_AWAY = 2000; // kilometres from every other place

export function makePinMemory(first) {
  const past = [first];
  return {
    go: (at) => String(at) !== String(past.at(-1)) && past.push(at),
    back: () => (past.length > 1 ? (past.pop(), past.at(-1)) : null),
    canGoBack: () => past.length > 1,
  };
}

function kilometres([lat, lng], [otherLat, otherLng]) {
  const [a, b, turn] = [lat, otherLat, otherLng - lng].map((degrees) => (degrees * Math.PI) / 180);
  const half = Math.sin((b - a) / 2) ** 2 + Math.cos(a) * Math.cos(b) * Math.sin(turn / 2) ** 2;
  return 2 * EARTH_RADIUS * Math.asin(Math.min(1, Math.sqrt(half)));
}

// null, { word: "zero" } or { word: "far", number: kilometres }
export function oddity(at, neighbours) {
  if (at[0] === 0 && at[1] === 0) return { word: "zero" };
  const nearest = Math.min(...neighbours.map((other) => kilometres(at, other)));
  return neighbours.length && nearest > FAR_AWAY ? { word: "far", number: Math.round(nearest) } : null;
}

export function tidy([lat, lng]) {
  const turned = Math.abs(lng) <= 180 ? lng : ((((lng + 180) % 360) + 360) % 360) - 180;
  return [Math.max(-90, Math.min(90, lat)), turned].map((degrees) => Math.round(degrees * 1e6) / 1e6);
}
