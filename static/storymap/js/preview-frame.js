// The preview of a draft: another width without loading it again, scaled down where the screen is narrower.
const frame = document.querySelector(".draft-frame");
const pane = frame.parentElement;
const sizes = [...document.querySelectorAll("[data-frame-width]")];

const BORDERS = 2; // pixels

function fit() {
  const scale = Math.min(1, pane.clientWidth / (Number(frame.width) + BORDERS));
  frame.style.transform = scale < 1 ? `scale(${scale})` : "";
  pane.classList.toggle("scaled", scale < 1);
  pane.style.height = scale < 1 ? `${(Number(frame.height) + BORDERS) * scale}px` : "";
}

function choose(size) {
  frame.width = size.dataset.frameWidth;
  frame.height = size.dataset.frameHeight;
  if (frame.getAttribute("src") !== size.dataset.frameSrc) frame.src = size.dataset.frameSrc; // embedded, it is another page
  for (const other of sizes) other.toggleAttribute("aria-current", other === size);
  size.setAttribute("aria-current", "true");
  const width = new URL(size.href).searchParams.get("width");
  for (const link of document.querySelectorAll("[data-keep-width]")) {
    const address = new URL(link.href);
    address.searchParams.set("width", width);
    link.href = address;
  }
  fit();
}

for (const size of sizes) {
  size.addEventListener("click", (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    choose(size);
  });
}
new ResizeObserver(fit).observe(pane);

const button = document.querySelector("[data-copy]");
if (button) {
  const link = document.querySelector("[data-link]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    link.select();
    await navigator.clipboard?.writeText(link.value).catch(() => document.execCommand("copy"));
    document.querySelector("[data-copied]").textContent = button.dataset.copy;
  });
}
