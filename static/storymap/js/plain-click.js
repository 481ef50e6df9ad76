// Whether a click or a key asks for nothing special, such as another tab.
export function plain(event) {
  return !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
}
