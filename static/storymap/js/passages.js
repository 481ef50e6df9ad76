// What is read of a chapter, piece by piece: paragraphs of the narration that link to events, and the events themselves.

function isOfChapter(article, event) {
  return Boolean(event && article.querySelector(`[id="${CSS.escape(event)}"].moment`));
}

// The events that an element is about, in the order in which it names them: none of a heading.
export function eventsOf(element) {
  if (element.dataset.event) return [element.dataset.event];
  const article = element.closest("article");
  if (!article || !element.closest(".narration")) return [];
  const linked = [...element.querySelectorAll("a[href^='#']")].map((link) => link.getAttribute("href").slice(1));
  return [...new Set(linked)].filter((event) => isOfChapter(article, event));
}

// All that the passages of a chapter are about, in order.
export function eventsInOrder(article) {
  return [...new Set(passagesOf(article).flatMap(eventsOf))];
}

// That to which a piece of the narration belongs: its own, or the last one before it.
export function passageAt(article, block) {
  const isBefore = (passage) => passage.compareDocumentPosition(block) & Node.DOCUMENT_POSITION_FOLLOWING;
  return passagesOf(article).findLast((passage) => passage === block || isBefore(passage));
}

// In the order of the page. The head of a chapter is one of them: there the chapter begins anew.
export function passagesOf(article) {
  const blocks = [...article.querySelectorAll(".narration :is(p, li)")];
  const innermost = blocks.filter((block) => !block.querySelector("p, li"));
  return [article.querySelector(".chapter-head"), ...innermost.filter((block) => eventsOf(block).length), ...article.querySelectorAll(".moment")];
}
