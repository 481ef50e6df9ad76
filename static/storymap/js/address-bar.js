// The address follows the reader without a trail in the history, and keeps how much of the chapter has been read.
export const REST = 140; // milliseconds of stillness before the map moves and the address is written

// `where()` is { element, url } of what is being read, or null while the page scrolls by itself.
// Returns { soon, now }: write when the reader rests, or before the address changes.
export function makeAddressBar(where) {
  let timer = 0;
  const now = () => {
    clearTimeout(timer);
    const { element, url } = where() ?? {};
    if (!element) return;
    const part = partOf(element);
    if (history.state?.part === part && location.pathname + location.hash === url) return;
    history.replaceState({ part }, "", url);
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(now, REST);
  };
  return { soon, now };
}

// How much of it has been read. Before its beginning has reached the top, how far below that is, in windows: negative.
function partOf(element) {
  const { top, height } = element.getBoundingClientRect();
  return -top / (top > 0 ? innerHeight : height);
}

// The text may since have been laid out otherwise: the same part of it comes back to the same line.
export function scrollToPart(element, part) {
  const { top, height } = element.getBoundingClientRect();
  window.scrollBy({ top: top + part * (part < 0 ? innerHeight : height), behavior: "instant" });
}
