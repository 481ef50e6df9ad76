// A zone around a file field: what is dropped into it counts as chosen. Without it the field works as ever.

export function makeDropZone(input, hint, onDrop) {
  const zone = Object.assign(document.createElement("div"), { className: "drop-zone" });
  const text = Object.assign(document.createElement("span"), { className: "drop-hint", textContent: hint });
  const status = document.createElement("p");
  status.setAttribute("role", "status");
  input.before(zone);
  zone.append(text, input, status);
  zone.addEventListener("dragover", (event) => {
    event.preventDefault();
    zone.classList.add("over");
  });
  zone.addEventListener("dragleave", (event) => {
    if (!zone.contains(event.relatedTarget)) zone.classList.remove("over");
  });
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("over");
    if (event.dataTransfer.files.length) onDrop([...event.dataTransfer.files]);
  });
  for (const name of ["dragover", "drop"]) window.addEventListener(name, (event) => event.preventDefault()); // a miss must not leave the page
  return {
    say: (said, bad = false) => {
      status.textContent = said;
      status.classList.toggle("bad", bad);
    },
    end: zone,
  };
}

// Puts files into a field as if they had been chosen there.
export function chooseFiles(input, files) {
  const held = new DataTransfer();
  files.forEach((file) => held.items.add(file));
  input.files = held.files;
}
