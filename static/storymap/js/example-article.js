// An article that leads a story map by its own paragraphs: `data-chapter` and `data-moment` say where each belongs.
const map = document.querySelector("story-map");
const paragraphs = [...document.querySelectorAll("[data-article] [data-chapter]")];
const saidNow = document.querySelector("[data-now]");

function markParagraph(paragraph) {
  paragraphs.forEach((other) => other.toggleAttribute("data-here", other === paragraph));
}

// The paragraph that crosses the middle of the window leads.
const middle = new IntersectionObserver((entries) => {
  const reached = entries.find(({ isIntersecting }) => isIntersecting)?.target;
  if (!reached) return;
  markParagraph(reached);
  map.goto?.(reached.dataset.chapter, reached.dataset.moment);
}, { rootMargin: "-45% 0px -45% 0px" });
customElements.whenDefined("story-map").then(() => paragraphs.forEach((paragraph) => middle.observe(paragraph)));

// And the other way round: what the reader does in the map.
map.addEventListener("stepchange", ({ detail: { chapter, moment } }) => {
  saidNow.textContent = saidNow.dataset.words.replace("{chapter}", chapter).replace("{moment}", moment ?? "–");
  const told = paragraphs.find(({ dataset }) => dataset.moment === moment) ?? paragraphs.find(({ dataset }) => dataset.chapter === chapter);
  if (told) markParagraph(told);
});
