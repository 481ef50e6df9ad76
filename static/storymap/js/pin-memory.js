// Where the pin was before, and what is odd about where it is. Pure.
import { metresBetween } from "./measures.js";
import { nearLng } from "./place-store.js";

export const FAR_AWAY = 2000; // kilometres from every other place

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

export function tidy([lat, lng]) {
  const turned = Math.abs(lng) <= 180 ? lng : nearLng(lng, 0);
  return [Math.max(-90, Math.min(90, lat)), turned].map((degrees) => Math.round(degrees * 1e6) / 1e6);
}
