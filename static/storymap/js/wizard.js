// The page on which a story is told changes in place: its links and forms fetch the page anew and take what is new from
// it. Without this file they are ordinary links and forms.
import { openDesk } from "./autosave.js";
import { openFoundMap } from "./position-map.js";

const live = () => document.querySelector("[data-live]");
const shell = () => document.querySelector("#content-start");
let desk = null; // of the open chapter
let asking = null; // one request at a time: a second save must not overtake the first

function complain(word) {
  const problem = live().querySelector(".live-problem");
  problem.textContent = word ? problem.dataset[word] : "";
}

// Chosen files are not in what the server sends back: the fields themselves stay.
function keepFiles(from, to) {
  for (const input of from.querySelectorAll("input[type=file]")) {
    if (input.files.length && input.id) to.querySelector(`#${input.id}`)?.replaceWith(input);
  }
}

function openPanel() {
  desk?.close();
  const [told, found] = ["editing", "found"].map((name) => live().querySelector(`[data-${name}]`));
  desk = told && openDesk(told, live().querySelector("form.chapter"));
  if (found) openFoundMap(found);
}

function putPage(text, keeping) {
  const fresh = new DOMParser().parseFromString(text, "text/html").querySelector("#content-start");
  if (!fresh?.querySelector("[data-live]")) return false;
  if (keeping) keepFiles(shell(), fresh);
  shell().replaceChildren(...document.importNode(fresh, true).childNodes);
  openPanel();
  const wrong = shell().querySelector(".wrong :is(input, select, textarea)");
  const next = wrong ?? shell().querySelector("[data-focus]") ?? shell().querySelector(".messagelist") ?? shell().querySelector("[autofocus]");
  if (next?.matches(".messagelist")) next.tabIndex = -1;
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
  return true;
}

async function ask(address, options, keeping) {
  if (asking) return;
  complain("working");
  live().ariaBusy = "true";
  try {
    asking = fetch(address, options);
    const answer = await asking;
    if (putPage(await answer.text(), keeping)) return history.replaceState(null, "", answer.url);
    complain(answer.ok ? "out" : "lost");
    desk?.stays();
  } catch {
    complain("lost");
    desk?.stays();
  } finally {
    asking = null;
    live().ariaBusy = "false";
  }
}

document.addEventListener("click", async (event) => {
  const link = event.target.closest("[data-live] a[data-go]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (!desk || (await desk.leave())) ask(link.href, {}, false);
  else location.assign(link.href); // the browser asks whether what is typed may go
});

document.addEventListener("submit", async (event) => {
  const { target: form, submitter } = event;
  if (event.defaultPrevented || !form.closest("[data-live]")) return;
  event.preventDefault();
  const options = { method: "POST", body: new FormData(form, submitter) };
  if (desk && !form.matches(".chapter") && !(await desk.leave())) return complain("unkept");
  ask(submitter?.hasAttribute("formaction") ? submitter.formAction : form.action, options, true);
});

// Enter in the field for a place searches; the first button of the form would save.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing || event.target.name !== "moment-asked") return;
  event.preventDefault();
  event.target.form.requestSubmit(event.target.form.elements.find);
});

openPanel();
