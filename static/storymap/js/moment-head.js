// Where the page says of a moment when it happened, and what: two elements, or none when the page does not narrate it.
export function headOfMoment(event, root = document) {
  return root.querySelector(`[data-event="${event}"] header`)?.children ?? [];
}
