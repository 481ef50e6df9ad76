// The chapters on the page of their story: moved by drag or by buttons without loading the page anew.
import { postForm } from "./asking.js";
import { makeHandle, markEnds, stepBy } from "./sortable.js";

function arrangeChapters(form) {
  const words = JSON.parse(form.dataset.words);
  const list = form.querySelector("ol");
  const status = form.querySelector("[role=status]");
  const version = form.elements.version;
  const rows = () => [...list.children];
  const button = (way) => (row) => row.querySelector(`button.${way}`);
  let turn = Promise.resolve(); // one change after the other: each rests on the version before it
  const mark = () => {
    markEnds(rows, button("up"), button("down"));
    rows().forEach((row, n) => (row.querySelector(".number").textContent = n + 1));
  };
  const store = async (row, position) => {
    if (list.inert) return;
    const pairs = [["move", `${row.dataset.chapter}:${position}`], ["version", version.value]];
    const answer = await postForm(form, form.action, pairs).catch(() => ({ problem: words.failed }));
    if (answer.problem) {
      status.textContent = answer.problem;
      list.inert = true; // what is shown is not what is stored
      return;
    }
    version.value = answer.version;
    document.dispatchEvent(new CustomEvent("storymap:version", { detail: { version: answer.version } }));
  };
  const done = (row) => {
    const told = { name: row.dataset.title, position: rows().indexOf(row) + 1, count: rows().length };
    status.textContent = words.moved.replace(/\{(\w+)\}/g, (_, key) => told[key]);
    mark();
    turn = turn.then(() => store(row, told.position));
  };
  const how = { rows, put: (row, before) => list.insertBefore(row, before), done };
  for (const row of rows()) {
    for (const [way, steps] of [["up", -1], ["down", 1]]) {
      const one = button(way)(row);
      one.disabled = false; // the end is said by aria-disabled instead, which keeps the focus
      one.addEventListener("click", (event) => {
        event.preventDefault();
        stepBy(one, row, steps, how);
      });
    }
    row.querySelector(".order").append(makeHandle(row, words.drag, how));
  }
  mark();
}

const chaptersForm = document.querySelector("form.chapter-order[data-words]:has(ol)"); // without chapters there is no list
if (chaptersForm) arrangeChapters(chaptersForm);
