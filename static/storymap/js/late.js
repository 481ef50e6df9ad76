// What is imported only when it is wanted: once, and once more when that has failed.

// `bring()` imports it. Returns a function that gives the promise of what that brings.
export function late(bring) {
  let coming = null;
  return () => {
    coming ??= bring();
    coming.catch(() => (coming = null)); // whoever wants it next asks again
    return coming;
  };
}
