// Whether a reader is to see the page or the map move on its way.
const stillness = matchMedia("(prefers-reduced-motion: reduce)");

export function motionIsWelcome() {
  return !stillness.matches && !document.hidden;
}
