// Talks with the page that holds this embed, once that page has begun.
//
// The holder says { type: "storymap:hello", v: 1 } and is told the height and where the reader is, now and at every change:
// { type: "storymap:step", v: 1, id, chapter, moment }, slugs both, `moment` null where none is chosen. It may lead the
// reader: { type: "storymap:goto", v: 1, chapter, moment }, `moment` left out for the chapter as a whole. What anybody else
// says, or names what is not told here, has no effect.
import { frameId } from "./embed-height.js";
import { stepIn } from "./embed-steps.js";

// null, { hello: true } or { step }
export function understood(data, plan) {
  if (typeof data !== "object" || data === null || data.v !== 1) return null;
  if (data.type === "storymap:hello") return { hello: true };
  const step = data.type === "storymap:goto" ? stepIn(plan, data.chapter, data.moment) : null;
  return step && { step };
}

export function stepMessage(id, { chapter, moment }) {
  return { type: "storymap:step", v: 1, id, chapter, moment };
}

export function talkWithHolder(steps, tellHeightAgain) {
  let met = false;
  const tell = () => met && window.parent.postMessage(stepMessage(frameId(location.search, location.hash), steps.state), "*");
  addEventListener("message", ({ source, data }) => {
    if (source !== window.parent || window.parent === window) return;
    const heard = understood(data, steps.plan);
    if (heard?.step) steps.go(heard.step);
    if (!heard?.hello) return;
    met = true;
    tellHeightAgain();
    tell();
  });
  steps.on(tell);
}
