// Lengths and angles as a map shows them. Pure.

const EARTH = 6371008.8; // mean radius in metres: labels are rounded far beyond the ellipsoid's difference
const TIMES_UNCERTAINTY = 10; // also in places/geo.py; a test holds both to the same cases
const ANGLES = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 18000, 36000]; // seconds of arc

export function niceLength(least) {
  const power = 10 ** Math.floor(Math.log10(least));
  return [1, 2, 5, 10].map((step) => step * power).find((length) => length >= least * 0.999);
}

export function niceAngle(least) {
  return ANGLES.find((angle) => angle >= least * 3600) ?? ANGLES.at(-1);
}

export function metresBetween(a, b) {
  const rad = Math.PI / 180;
  const lat = Math.sin(((b.lat - a.lat) * rad) / 2) ** 2;
  const lng = Math.sin(((b.lng - a.lng) * rad) / 2) ** 2;
  return 2 * EARTH * Math.asin(Math.min(1, Math.sqrt(lat + Math.cos(a.lat * rad) * Math.cos(b.lat * rad) * lng))); // antipodes round up
}

// Whether a distance or a ring may be shown: it is ten times as long as each of its ends is uncertain (metres).
export function isLengthKnown(metres, ...radii) {
  return radii.every((radius) => metres >= TIMES_UNCERTAINTY * radius);
}

// The point `metres` away towards `bearing` (degrees clockwise from north), on a sphere.
export function pointAt(from, metres, bearing) {
  const rad = Math.PI / 180;
  const [d, b, lat] = [metres / EARTH, bearing * rad, from.lat * rad];
  const there = Math.asin(Math.sin(lat) * Math.cos(d) + Math.cos(lat) * Math.sin(d) * Math.cos(b));
  const turn = Math.atan2(Math.sin(b) * Math.sin(d) * Math.cos(lat), Math.cos(d) - Math.sin(lat) * Math.sin(there));
  return { lat: there / rad, lng: from.lng + turn / rad };
}

// With the signs by which the server writes its numbers; asking the browser for those of a language holds a phone up.
function written(number, digits, { decimal, thousands }) {
  const [whole, part] = number.toFixed(digits).split(".");
  return whole.replace(/\B(?=(\d{3})+$)/g, thousands) + (Number(part) ? decimal + part : "");
}

// { key, number } for words.js: tens of metres, tenths of short kilometres, whole long ones.
export function lengthParts(metres, signs) {
  const far = metres >= 950;
  const rounded = far ? metres / 1000 : Math.round(metres / (metres > 100 ? 10 : 1)) * (metres > 100 ? 10 : 1);
  const digits = far && rounded < 9.95 ? 1 : 0;
  return { key: far ? "kilometres" : "metres", number: written(rounded, digits, signs) };
}

export function degreeWords(seconds, letters) {
  const whole = Math.abs(Math.round(seconds));
  const [d, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (n) => String(n).padStart(2, "0");
  const fine = s ? `${two(m)}′${two(s)}″` : m ? `${two(m)}′` : "";
  return `${d}°${fine} ${letters[seconds < 0 ? 1 : 0]}`;
}
