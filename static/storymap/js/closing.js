// Escape closes what is open and gives the focus back to what opened it: first that in which the focus is, the innermost
// first, then what lies over the page.
const OVER = "[data-contents][open], .legend[open]";

export function closeByEscape(root) {
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || event.isComposing) return;
    const open = event.target.closest?.("details[open]") ?? root.querySelector(OVER);
    if (!open) return;
    event.preventDefault();
    event.stopPropagation(); // a map in use is left by the next one
    open.open = false;
    open.querySelector("summary").focus({ preventScroll: Boolean(open.closest(".stage")) });
  }, { capture: true });
}
