// What waits for the reader to rest is held back while `hasty.hold`, and done before the page hears of a new size.
(() => {
  const REST = 140; // milliseconds, as in address-bar.js
  const [due, later, forget] = [new Map(), setTimeout, clearTimeout];
  window.hasty = { due, hold: false };
  window.setTimeout = (work, wait, ...rest) => {
    const held = hasty.hold && wait === REST;
    const id = later(held ? () => {} : work, wait, ...rest);
    if (held) due.set(id, work);
    return id;
  };
  window.clearTimeout = (id) => {
    due.delete(id);
    forget(id);
  };
  addEventListener("resize", () => {
    hasty.hold = false;
    due.forEach((work) => work());
    due.clear();
  });
})();
