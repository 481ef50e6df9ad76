// What looks like a button is pressed by Space as well as by Enter; on a mere link Space would scroll the page.
const BUTTONS = "a.button, a[data-step], a[role=button], a.mark";

export function pressBySpace(root) {
  root.addEventListener("keydown", (event) => {
    if (event.key !== " " || event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
    const button = event.target.closest?.(BUTTONS);
    if (!button) return;
    event.preventDefault();
    if (!event.repeat) button.click();
  });
}
