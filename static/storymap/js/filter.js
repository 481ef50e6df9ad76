// Leaves out the moments of a status; text, pins and timeline follow. Nothing is remembered. The boxes stand on the cover
// with what each status means, and once more in the legend of the map, which is in reach everywhere.
import { create } from "./create.js";
import { say } from "./words.js";

function boxesInLegend(root) {
  const labels = [...root.querySelectorAll("[data-key] label")].map((label) => label.cloneNode(true));
  root.querySelector("[data-legend] ul")?.prepend(...labels.map((label) => create("li", { className: "filter" }, label)));
}

export function attachFilter(root, story, changed) {
  boxesInLegend(root);
  const boxes = [...root.querySelectorAll("[data-key] input, [data-legend] input")];
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
  const tick = (value, checked) => boxes.filter((box) => box.value === value).forEach((box) => (box.checked = checked));
  boxes.forEach((box) => box.addEventListener("change", () => {
    tick(box.value, box.checked);
    apply();
  }));
  return {
    hidden: (event) => left.size > 0 && left.has(statusOf(event)),
    // Who follows a link to a moment wants to see it.
    reveal: (event) => {
      if (!left.has(statusOf(event))) return;
      tick(statusOf(event), true);
      apply();
    },
  };
}
