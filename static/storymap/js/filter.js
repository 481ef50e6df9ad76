// Leaves out the moments of a status; text, pins and timeline follow. Nothing is remembered.
import { say } from "./words.js";

export function attachFilter(root, story, changed) {
  const boxes = [...root.querySelectorAll("[data-key] input")];
  const statusOf = (event) => document.getElementById(event)?.dataset.status;
  let left = new Set();

  const count = (article) => {
    const line = article.querySelector("[data-filtered]");
    if (!line) return;
    const number = [...left].reduce((sum, status) => sum + article.querySelectorAll(`.moment[data-status="${status}"]`).length, 0);
    line.hidden = !number;
    line.textContent = number ? say(number === 1 ? "hiddenOne" : "hiddenMany", { number }) : "";
  };
  const apply = () => {
    left = new Set(boxes.filter((box) => !box.checked).map((box) => box.value));
    story.querySelectorAll("[data-status]").forEach((part) => part.toggleAttribute("data-filtered-out", left.has(part.dataset.status)));
    root.querySelectorAll("article[data-chapter]").forEach(count);
    changed();
  };
  root.querySelector("[data-key]")?.addEventListener("change", apply);
  return {
    hidden: (event) => left.size > 0 && left.has(statusOf(event)),
    // Who follows a link to a moment wants to see it.
    reveal: (event) => {
      if (!left.has(statusOf(event))) return;
      boxes.find((box) => box.value === statusOf(event)).checked = true;
      apply();
    },
  };
}
