// A breath between two parts of long work: what the reader does meanwhile is answered in it.
export function breath() {
  return globalThis.scheduler?.yield?.() ?? new Promise((go) => setTimeout(go));
}

// What may wait until the page has nothing better to do, but no longer than `most` milliseconds. Returns how to call it off.
export function whenIdle(callback, most) {
  if (!globalThis.requestIdleCallback) { // Safari
    const timer = setTimeout(callback, 1);
    return () => clearTimeout(timer);
  }
  const ticket = requestIdleCallback(callback, { timeout: most });
  return () => cancelIdleCallback(ticket);
}
