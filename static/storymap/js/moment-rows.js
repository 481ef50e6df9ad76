// The moments of the form: their order in the rows and in the numbers, and what each event is.
import { create } from "./create.js";
import { makeHandle, markEnds, stepBy } from "./sortable.js";

const eventField = (row) => row.querySelector("select[name$='-event']");
const positionField = (row) => row.querySelector("input[name$='-position']");
const indexOf = (row) => Number(row.id.match(/\d+$/)[0]);
const inOrderOf = (number) => (a, b) => number(a) - number(b) || indexOf(a) - indexOf(b);

// Returns { told(): [{ row, facts, camera }] in order, without deleted rows }. `changed()` is called after every change.
// Of a long chapter the rows are `first` … of `total`: whoever writes another number moves the moment to another page.
export function openMomentRows(group, { facts, events, words, first, total }, changed) {
  const known = new Map(facts.map((event) => [String(event.id), event]));
  const status = create("p", { role: "status", className: "moved" });
  const rows = () => [...group.querySelectorAll("tbody tr.form-row:not(.empty-form)")];
  const name = (row) => known.get(eventField(row).value)?.title ?? words.unnamed;
  const put = (row, before) => {
    const errors = row.previousElementSibling?.matches(".row-form-errors") ? [row.previousElementSibling] : [];
    (before ?? group.querySelector("tr.empty-form")).before(...errors, row);
  };
  const paged = total > rows().length;
  const isAway = (number) => paged && number > 0 && (number < first || number >= first + rows().length);
  const number = () => {
    const staying = rows().filter((row) => !row.classList.contains("away"));
    staying.forEach((row, n) => (positionField(row).value = first + n));
    const button = (way) => (row) => row.querySelector(`button.${way}`);
    markEnds(rows, button("up"), button("down"));
    for (const way of ["up", "down"]) rows().forEach((row) => (button(way)(row).ariaLabel = words[way].replace("{name}", name(row))));
  };
  const done = (row) => {
    number();
    const told = { name: name(row), position: positionField(row).value, count: Math.max(total, rows().length) };
    const said = row.classList.contains("away") ? words.away : words.moved;
    status.textContent = said.replace(/\{(\w+)\}/g, (_, key) => told[key]);
    row.querySelector("input").dispatchEvent(new Event("change", { bubbles: true })); // the autosave is to know
    changed();
  };
  const how = { rows, put, done };
  const sort = (value) => rows().sort(inOrderOf(value)).forEach((row) => put(row, null));
  const sortByNumber = () => sort((row) => Number(positionField(row).value) || Infinity);

  const learn = async (row) => {
    const key = eventField(row).value;
    if (key && !known.has(key)) {
      const answer = await fetch(`${events}?id=${key}`).then((response) => response.json()).catch(() => ({ events: [] }));
      answer.events.forEach((event) => known.set(String(event.id), event));
    }
    if (eventField(row).value !== key) return; // another one has been chosen meanwhile
    row.querySelector(".event-facts").textContent = known.get(key)?.words ?? "";
    number();
    changed();
  };
  const equip = (row) => {
    for (const [field, name] of [["camera", words.asText], ["spot", words.spotAsText], ["frame", words.frameAsText]]) {
      const text = row.querySelector(`textarea[name$='-${field}']`);
      if (!text) continue; // of a chapter on the earth or on a picture
      const folded = create("details", {}, create("summary", { textContent: name }));
      text.before(folded);
      folded.append(text);
      text.addEventListener("change", changed);
    }
    const step = (way, steps, sign) => {
      const button = create("button", { type: "button", className: way, textContent: sign });
      button.addEventListener("click", () => stepBy(button, row, steps, how));
      return button;
    };
    const labels = [...group.querySelectorAll("thead th")].map((head) => head.textContent.trim());
    [...row.cells].forEach((cell, n) => ["field-position", "delete"].some((name) => cell.classList.contains(name)) && (cell.dataset.label = labels[n]));
    positionField(row).after(create("span", { className: "order" }, step("up", -1, "↑"), step("down", 1, "↓"), makeHandle(row, words.drag, how)));
    positionField(row).addEventListener("change", () => {
      row.classList.toggle("away", isAway(Number(positionField(row).value)));
      sortByNumber();
      done(row);
    });
    row.querySelector("input[name$='-DELETE']")?.addEventListener("change", changed);
    django.jQuery(eventField(row)).on("change", () => learn(row)); // Django's widgets tell jQuery only
  };
  group.addEventListener("formset:added", ({ target }) => {
    equip(target);
    number();
    changed();
  });
  document.addEventListener("formset:removed", () => {
    sort(indexOf); // Django numbers the fields anew from the top: stored rows must come first while it does
    queueMicrotask(() => {
      sortByNumber();
      number();
      changed();
    });
  });
  group.querySelector("th.original")?.setAttribute("role", "presentation"); // it heads nothing
  rows().forEach(equip);
  sortByNumber();
  number();
  group.querySelector("fieldset").append(status);
  const remaining = () => rows().filter((row) => !row.querySelector("input[name$='-DELETE']")?.checked);
  return { told: () => remaining().map((row) => ({ row, facts: known.get(eventField(row).value), camera: row.querySelector("textarea[name$='-camera']") })) };
}
