// At the map's edge: the event in hand, with its date, status and place. At the head of a chapter, that chapter.
import { create } from "./create.js";
import { headOfMoment } from "./moment-head.js";

function factsOf(moment) {
  const texts = [".status", ".place"].map((part) => moment.querySelector(part)?.lastChild.textContent.trim());
  return texts.filter(Boolean).join(" · ");
}

// `open(event)`: what follows its title does.
export function attachFactCard(root, reader, open) {
  const card = root.querySelector("[data-fact]");
  let shown = null;
  card.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    open(shown);
  });
  return (event) => {
    shown = event;
    const [when, title] = headOfMoment(event);
    if (!when) {
      const article = reader.articles[reader.state.chapter];
      const words = reader.state.cover ? [] : [article.querySelector(".chapter-when > :nth-child(2)"), article.querySelector("h2")];
      return card.replaceChildren(...words.map((part, n) => create(n ? "b" : "span", { textContent: part.textContent })));
    }
    const link = create("a", { href: `#${event}`, textContent: title.textContent });
    const facts = create("small", { textContent: factsOf(document.getElementById(event)) });
    card.replaceChildren(create("span", { textContent: when.firstChild.textContent.trim() }), link, facts);
  };
}
