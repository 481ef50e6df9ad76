// The address follows the reader without a trail in the history, and keeps how much of the chapter has been read.
export const REST = 140; // milliseconds of stillness before the map moves and the address is written

// `where()` is { element, url } of what is being read, or null while the page scrolls by itself.
export function makeAddressBar(where) {
  let timer = 0;
  const write = () => {
    const { element, url } = where() ?? {};
    if (!element) return;
    const { top, height } = element.getBoundingClientRect();
    const part = -top / height;
    if (history.state?.part === part && location.pathname + location.hash === url) return;
    history.replaceState({ part }, "", url);
  };
  return () => {
    clearTimeout(timer);
    timer = setTimeout(write, REST);
  };
}

// The text may since have been laid out otherwise: the same part of it comes back to the same line.
export function scrollToPart(element, part) {
  const { top, height } = element.getBoundingClientRect();
  window.scrollBy({ top: top + part * height, behavior: "instant" });
}
