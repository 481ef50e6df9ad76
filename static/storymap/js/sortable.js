// Rows that change places: dragged by a handle, or stepped by buttons that say where the row is now.
import { create } from "./create.js";

// `rows()` in their order, `put(row, before)` into the document, `done(row)` afterwards.
function dragBy(handle, row, { rows, put, done }) {
  handle.addEventListener("pointerdown", (pressed) => {
    if (pressed.button) return;
    pressed.preventDefault();
    row.classList.add("dragged");
    const before = rows().indexOf(row);
    const move = ({ clientY }) => {
      const others = rows().filter((other) => other !== row);
      const next = others.find((other) => {
        const { top, height } = other.getBoundingClientRect();
        return clientY < top + height / 2;
      });
      if (next !== rows()[rows().indexOf(row) + 1]) put(row, next ?? null);
    };
    const end = () => {
      document.removeEventListener("pointermove", move);
      ["pointerup", "pointercancel"].forEach((type) => document.removeEventListener(type, end));
      row.classList.remove("dragged");
      if (rows().indexOf(row) !== before) done(row);
    };
    document.addEventListener("pointermove", move); // not on the handle: it leaves the document for a moment
    ["pointerup", "pointercancel"].forEach((type) => document.addEventListener(type, end));
  });
}

export function makeHandle(row, title, how) {
  const handle = create("span", { className: "drag-handle", textContent: "⠿", title, ariaHidden: "true" });
  dragBy(handle, row, how);
  return handle;
}

// One place up (-1) or down (1). Keeps the focus on the button, which leaves the document for a moment.
export function stepBy(button, row, steps, { rows, put, done }) {
  const all = rows();
  const to = all.indexOf(row) + steps;
  if (to < 0 || to >= all.length) return;
  put(row, all[to + (steps > 0 ? 1 : 0)] ?? null);
  button.focus();
  done(row);
}

// Which buttons lead nowhere is said, and they stay where the focus is.
export function markEnds(rows, up, down) {
  const all = rows();
  all.forEach((row, n) => {
    up(row).setAttribute("aria-disabled", n === 0);
    down(row).setAttribute("aria-disabled", n === all.length - 1);
  });
}
