// Says what a searching box of the admin is for: select2 knows its value and not its label.

// The label of the field; in a table the head of its column.
function headOf(select) {
  const [, column] = /(?:^| )field-(\S+)/.exec(select.closest("td")?.className ?? "") ?? [];
  return document.querySelector(`label[for="${select.id}"]`) ?? select.closest("table")?.querySelector(`th.column-${column}`);
}

function nameSearches(part) {
  for (const box of part.querySelectorAll(".select2-selection[role=combobox]")) {
    const select = box.closest(".select2-container").previousElementSibling;
    const head = select?.id && headOf(select);
    const value = box.querySelector(".select2-selection__rendered");
    if (!head || !value) continue;
    head.id ||= `${select.id}_head`;
    box.setAttribute("aria-labelledby", `${head.id} ${value.id}`);
    value.setAttribute("aria-labelledby", head.id);
  }
}

export function watchSearches() {
  globalThis.django?.jQuery(() => nameSearches(document)); // after the admin's own script, which makes the boxes so
  document.addEventListener("formset:added", ({ target }) => setTimeout(() => nameSearches(target)));
}
