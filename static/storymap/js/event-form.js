// The event form: says beside a typed date what it is understood as. Without this file that is said after saving.
import { watchSearches } from "./search-names.js";

const DATE_PAUSE = 300; // milliseconds without a key before the server is asked

function tellDate(input) {
  const told = input.closest(".form-row").querySelector("[data-understood]") ?? document.createElement("span");
  const line = Object.assign(document.createElement("p"), { className: "understood" });
  line.setAttribute("role", "status");
  line.append(told);
  input.closest(".form-row").append(line);
  let waiting = 0;
  let turn = 0;
  const ask = async () => {
    const mine = ++turn;
    const place = document.getElementById("id_place")?.value ?? ""; // whose winter it is
    const url = `${input.dataset.understand}?${new URLSearchParams({ q: input.value, place })}`;
    const answer = await fetch(url).then((response) => response.json()).catch(() => ({}));
    if (mine === turn) told.textContent = answer.understood ?? ""; // else a later date was faster
  };
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, DATE_PAUSE);
  });
}

const dateInput = document.querySelector("[data-understand]");
if (dateInput) tellDate(dateInput);
watchSearches();
