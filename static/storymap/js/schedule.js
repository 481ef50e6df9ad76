// Below a typed time: what it is in UTC, as one types. The server says the same, and more, when the form is sent.
import { clockIn, momentsOf } from "./zone-time.js";

const form = document.querySelector("form[data-zone]");
const told = JSON.parse(document.getElementById("zone-words")?.textContent ?? "{}");

function inUtc(text, zone) {
  const moments = momentsOf(text, zone);
  if (moments === null || zone === "UTC") return "";
  if (!moments.length) return told.gap;
  const utc = moments.map((moment) => clockIn("UTC", moment)).join(" / ");
  return told.utc.replace("%(local)s", `${text} ${zone}`).replace("%(utc)s", utc);
}

function watchTime(day, time) {
  const output = document.createElement("output");
  output.className = "in-utc";
  output.htmlFor = `${day.id} ${time.id}`;
  time.after(output);
  const show = () => (output.textContent = inUtc(`${day.value} ${time.value.slice(0, 5)}`, form.dataset.zone));
  for (const field of [day, time]) field.addEventListener("input", show);
  show();
}

for (const day of form?.querySelectorAll("[name$=_0]") ?? []) {
  const time = form.querySelector(`[name=${day.name.replace(/0$/, "1")}]`);
  if (time) watchTime(day, time);
}
