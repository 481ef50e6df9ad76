// What is being read aloud stays in sight, between the map and the pager of a phone.
import { motionIsWelcome } from "./motion.js";

const JUMP_OVER = 3; // screens: a scroll over more of them is a jump

// Puts a range in the middle, where one reads, when it cannot be seen whole; a long one from its beginning on.
export function keepInSight(range) {
  const { top, bottom } = range.getBoundingClientRect();
  const { scrollPaddingTop, scrollPaddingBottom } = getComputedStyle(document.documentElement);
  const [first, last] = [parseFloat(scrollPaddingTop), innerHeight - parseFloat(scrollPaddingBottom)];
  if (top >= first && bottom <= last) return;
  const by = bottom - top > last - first ? top - first : (top + bottom - first - last) / 2;
  const isNear = Math.abs(by) < JUMP_OVER * innerHeight;
  window.scrollBy({ top: by, behavior: isNear && motionIsWelcome() ? "smooth" : "instant" });
}
