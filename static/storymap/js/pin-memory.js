// Where the pin was before, how precisely it was set, and what is odd about where it is. Pure.
import { metresBetween } from "./measures.js";
import { nearLng } from "./place-store.js";

export const FAR_AWAY = 2000; // kilometres from every other place
const DEGREE = 111320; // metres of latitude
const HAND = 10; // pixels by which a hand is off
const [FINEST, WIDEST] = [10, 5000000]; // metres

export function makePinMemory(first) {
  const past = [first];
  return {
    go: (at) => String(at) !== String(past.at(-1)) && past.push(at),
    back: () => (past.length > 1 ? (past.pop(), past.at(-1)) : null),
    canGoBack: () => past.length > 1,
  };
}

// null, { word: "zero" } or { word: "far", number: kilometres }
export function oddity(at, neighbours) {
  if (at[0] === 0 && at[1] === 0) return { word: "zero" };
  const point = ([lat, lng]) => ({ lat, lng });
  const nearest = Math.min(...neighbours.map((other) => metresBetween(point(at), point(other)) / 1000));
  return neighbours.length && nearest > FAR_AWAY ? { word: "far", number: Math.round(nearest) } : null;
}

// With no more digits than a pixel of so many metres shows: those of a click are no measurement. What did not move from
// where it was (up and down, or across) keeps its digits.
export function tidy([lat, lng], pixel = 0, before = null) {
  const turned = Math.abs(lng) <= 180 ? lng : nearLng(lng, 0);
  const digits = pixel ? Math.max(0, Math.min(6, Math.ceil(Math.log10(DEGREE / pixel)))) : 6;
  const stays = (degrees, was) => was !== undefined && Math.abs(degrees - was) * DEGREE < pixel / 2;
  return [Math.max(-90, Math.min(90, lat)), turned].map((degrees, axis) => {
    const was = before?.[axis];
    return stays(degrees, was) ? was : Number(degrees.toFixed(digits));
  });
}

// Metres within which a pin stands that was set by hand, to one digit and upwards, as places/accuracy.py has it.
export function reachOf(pixel) {
  const metres = Math.max(FINEST, Math.min(WIDEST, pixel * HAND));
  const power = 10 ** Math.floor(Math.log10(metres));
  return Math.min(WIDEST, Math.ceil(Number((metres / power).toFixed(6))) * power);
}
