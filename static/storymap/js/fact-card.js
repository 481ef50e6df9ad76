// At the map's edge: the event in hand, with its date, status and place. At the head of a chapter, that chapter; on the
// cover, the span of the story. While the pointer or the focus is on the timeline: what it is on.
import { create } from "./create.js";
import { headOfMoment, placeOf } from "./moment-head.js";

function factsOf(moment) {
  return [moment.querySelector(".status")?.lastChild.textContent.trim(), placeOf(moment)].filter(Boolean).join(" · ");
}

// What a chapter says of itself at its head: when, and its title.
export function headOfChapter(article) {
  return [article.querySelector(".chapter-when > :nth-child(2)"), article.querySelector("h2")].map((part) => part.textContent);
}

// `open(event)`: what follows its title does. Returns { show(event), peek(event, or [when, title], or null) }.
export function attachFactCard(root, reader, open) {
  const card = root.querySelector("[data-fact]");
  const ofCover = [...card.childNodes]; // the span of the story
  let shown = null;
  card.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    open(link.hash.slice(1));
  });
  const say = (words) => card.replaceChildren(...words.map((textContent, n) => create(n ? "b" : "span", { textContent })));
  const draw = (event) => {
    const [when, title] = headOfMoment(event);
    if (!when && reader.state.cover) return card.replaceChildren(...ofCover);
    if (!when) return say(headOfChapter(reader.articles[reader.state.chapter]));
    const link = create("a", { href: `#${event}`, textContent: title });
    const facts = create("small", { textContent: factsOf(document.getElementById(event)) });
    card.replaceChildren(create("span", { textContent: when }), link, facts);
  };
  return {
    show: (event) => draw((shown = event)),
    peek: (at) => (Array.isArray(at) ? say(at) : draw(at ?? shown)),
  };
}
