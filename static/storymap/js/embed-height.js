// Tells the page that holds this embed how tall it is, in the dialects that newsrooms listen for.
//
// Ours is always told: { type: "storymap:height", v: 1, id, height }, height in whole pixels. `id` is what the holder called
// the frame in the fragment of its address (#storymap=ID), which asks no server for another page; else `?id=ID`; else "".
// Beside it, when the address asks for them: pym.js (?childId=ID), WordPress (#?secret=TEN CHARACTERS) and Datawrapper
// (?resize=datawrapper). A height is no secret: it is told to whoever holds the frame, and nothing else is.

const LONGEST_ID = 200;
const SOON = 1000; // milliseconds: a height that comes and goes faster than that, again and again, is a loop
const MOST_TURNS = 2;

const short = (text) => (text && text.length <= LONGEST_ID ? text : "");

export function frameId(search, hash) {
  const named = new URLSearchParams(hash.match(/[#&?](storymap=[^&#?]*)/)?.[1]).get("storymap"); // WordPress adds to any fragment
  return short(named) || short(new URLSearchParams(search).get("id")) || "";
}

// One function of the height for every dialect. `story` names the frame where nobody else has.
export function heightDialects(search, hash, story) {
  const asked = new URLSearchParams(search);
  const id = frameId(search, hash);
  const child = short(asked.get("childId"));
  const secret = hash.match(/secret=(\w{10})(?!\w)/)?.[1];
  const dialects = [(height) => ({ type: "storymap:height", v: 1, id, height })];
  if (child) dialects.push((height) => `pymxPYMx${child}xPYMxheightxPYMx${height}`);
  if (secret) dialects.push((value) => ({ message: "height", value, secret }));
  if (asked.get("resize") === "datawrapper") dialects.push((height) => ({ "datawrapper-height": { [id || story]: height } }));
  return dialects;
}

// `next(measured, now)` is the height to tell, or null when there is nothing new. Two heights that follow each other
// without end, because the frame's own scroll bar comes and goes, end with the larger.
export function makeHeights() {
  let [last, before, since, turns] = [0, 0, -Infinity, 0];
  return (measured, now) => {
    const height = Math.ceil(measured);
    if (height === last) return null;
    turns = height === before && now - since < SOON ? turns + 1 : 0;
    if (turns > MOST_TURNS && height < last) return null;
    [before, last, since] = [last, height, now];
    return height;
  };
}

// Starts telling. Returns how to tell the present height once more, to who came late.
export function tellHeight(story) {
  const root = document.documentElement;
  if (window.parent === window) return () => {};
  const next = makeHeights();
  let told = 0;
  const tell = () => heightDialects(location.search, location.hash, story).forEach((say) => window.parent.postMessage(say(told), "*"));
  new ResizeObserver(() => {
    // a pixel more: what reaches over the edge by the part of one would make the frame scroll, and the wheel stay in it
    const height = next(root.getBoundingClientRect().height + 1, performance.now());
    if (height === null) return;
    told = height;
    tell();
  }).observe(root);
  addEventListener("hashchange", () => told && tell()); // WordPress names its secret when the frame may be there already
  return () => told && tell();
}
