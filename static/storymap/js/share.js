// The page for sharing: what is chosen is shown at once, texts are copied, phones share in their own way. Without this
// file it is a form and texts to select.
import { attachCopying } from "./copying.js";

const choosing = document.querySelector("[data-choosing]");
const copiedWords = document.querySelector("[data-copied]");
let question = null; // the newest question; an older answer is not shown

function openResult() {
  document.querySelectorAll("[data-result]").forEach((result) => attachCopying(result, copiedWords));
  const native = document.querySelector("[data-native]");
  if (!navigator.share) return;
  native.hidden = false;
  native.addEventListener("click", () => navigator.share({ title: native.dataset.title, url: native.dataset.url }).catch(() => null));
}

// The events are those of the chapter: the fields come anew with the answer, the one in use keeps the focus.
function putAnswer(page) {
  const focused = document.activeElement?.id;
  const parts = "[data-result], [data-choosing]";
  const there = document.querySelectorAll(parts);
  page.querySelectorAll(parts).forEach((part, n) => there[n].replaceChildren(...document.importNode(part, true).childNodes));
  if (focused) document.getElementById(focused)?.focus();
  openResult();
}

choosing.classList.add("follows");
choosing.addEventListener("change", async () => {
  const fields = [...new FormData(choosing)].filter(([, value]) => value);
  const address = `${location.pathname}?${new URLSearchParams(fields)}`;
  const mine = (question = fetch(address).then((answer) => (answer.ok ? answer.text() : Promise.reject(answer.status))));
  try {
    const page = new DOMParser().parseFromString(await mine, "text/html");
    if (mine !== question) return;
    putAnswer(page);
    history.replaceState(null, "", address);
  } catch {
    location.assign(address);
  }
});
openResult();
