// The source form: the server reads the pasted reference, this puts what it read into the fields.
// Without this file the same button sends the form, which comes back filled.
import { postForm } from "./asking.js";

function readInPlace(box, button) {
  const form = button.form;
  const status = box.querySelector("[role=status]");
  const notes = box.querySelector(".notes");

  const show = ({ fields = {}, notes: remarks = [], problem }) => {
    for (const [name, value] of Object.entries(fields)) {
      const input = form.elements[name];
      if (input && !(name === "slug" && input.value)) input.value = value;
    }
    status.textContent = problem || box.dataset.filled;
    notes.replaceChildren(...remarks.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
  };

  button.addEventListener("click", async (event) => {
    event.preventDefault();
    status.textContent = "…";
    const answer = await postForm(form, box.dataset.read, [["reference", form.elements.reference.value]]).catch(() => ({ problem: box.dataset.failed }));
    show(answer);
  });
}

const referenceBox = document.querySelector("[data-read]");
if (referenceBox) readInPlace(referenceBox, referenceBox.querySelector("[name=_fill]"));
