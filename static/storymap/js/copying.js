// Buttons that copy a text, with a word that it is done.
export function attachCopying(root, status) {
  for (const button of root.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const text = document.getElementById(button.dataset.copy).textContent;
      status.textContent = ""; // said again when it is copied again
      try {
        await navigator.clipboard.writeText(text);
        status.textContent = status.dataset.words;
      } catch {
        status.textContent = status.dataset.failed;
        getSelection().selectAllChildren(document.getElementById(button.dataset.copy));
      }
    });
  }
}
