// What the page says of an event, for everything that says it once more.

// When it happened, and its title; nothing when the page does not narrate it.
export function headOfMoment(event, root = document) {
  const head = root.querySelector(`[data-event="${event}"] header`);
  return head ? [head.firstElementChild.firstChild.textContent.trim(), head.lastElementChild.textContent] : [];
}

// The name of its place; undefined without one on the map.
export function placeOf(moment) {
  return moment.querySelector(".place")?.lastChild.textContent.trim();
}

// Where the narration of a chapter speaks of it.
export function linksTo(event, article) {
  return [...article.querySelectorAll(`.narration a[href="#${event}"]`)];
}
