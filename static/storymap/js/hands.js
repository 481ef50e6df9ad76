// Who scrolls: the page by itself, or the reader who takes it in hand.
import { REST } from "./address-bar.js";

const SCROLLING = [" ", "ArrowUp", "ArrowDown", "PageUp", "PageDown", "Home", "End"];

// `ended` is called when a scroll has ended, which may be because another one began; `taken` when the reader scrolls.
export function heedHands(ended, taken) {
  let still = 0;
  const soon = () => {
    clearTimeout(still);
    still = setTimeout(ended, REST);
  };
  if ("onscrollend" in globalThis) addEventListener("scrollend", ended);
  else addEventListener("scroll", soon, { passive: true }); // Safari before 26.2
  for (const hand of ["wheel", "touchmove", "pointerdown"]) {
    addEventListener(hand, ({ target }) => target.closest?.(".stage") || taken(), { passive: true });
  }
  addEventListener("keydown", ({ key, defaultPrevented }) => !defaultPrevented && SCROLLING.includes(key) && taken());
}
