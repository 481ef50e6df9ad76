// A chapter reads as prose; its events follow as one folded list. Each opens in place, in the list or below the sentence
// that names it. Without this script, and on paper, nothing is folded.
import { create } from "./create.js";
import { say } from "./words.js";

let cardsMade = 0;

function setOpen(moment, open) {
  const more = moment.querySelector(".more");
  // what is folded can be found by the browser's own search, where the browser knows how
  if (open) more.removeAttribute("hidden");
  else more.setAttribute("hidden", "until-found");
  moment.querySelector("h3 button").setAttribute("aria-expanded", open);
}

function makeFold(moment) {
  if (moment.querySelector("h3 button")) return;
  const title = moment.querySelector("h3");
  const button = create("button", { type: "button" });
  button.append(...title.childNodes);
  title.append(button);
  button.addEventListener("click", () => setOpen(moment, button.getAttribute("aria-expanded") === "false"));
  moment.querySelector(".more").addEventListener("beforematch", () => setOpen(moment, true));
  setOpen(moment, false);
}

// Folds the events of every chapter; those of a list when it is first opened. Returns { reveal(event) }.
export function foldEvents(articles) {
  const foldList = (list) => list.querySelectorAll(".moment").forEach(makeFold);
  articles.map((article) => article.querySelector("[data-events]")).filter(Boolean).forEach((list) => {
    list.open = false;
    list.addEventListener("toggle", () => list.open && foldList(list));
  });
  return {
    reveal: (event) => {
      const moment = document.getElementById(event);
      const list = moment?.closest("[data-events]");
      if (!list) return;
      foldList(list);
      list.open = true;
      setOpen(moment, true);
    },
  };
}

// What the list says of an event, once more and without its names for the address.
function cardOf(moment, close) {
  const [when, title] = moment.querySelector("header").children;
  const heading = create("h3", { id: `card-${++cardsMade}`, tabIndex: -1, textContent: title.textContent });
  const more = moment.querySelector(".more").cloneNode(true);
  more.removeAttribute("hidden");
  const card = create("aside", { className: "event-card" });
  card.setAttribute("aria-labelledby", heading.id);
  card.dataset.place = moment.dataset.place;
  const button = create("button", { type: "button", className: "close", textContent: say("close") });
  button.addEventListener("click", close);
  card.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault();
    close();
  });
  card.append(when.cloneNode(true), heading, more, button);
  return card;
}

// Opens the event that a link of the narration names below its paragraph, or closes it again. Returns whether it is open.
export function toggleBelow(link, moment) {
  if (link.getAttribute("aria-expanded") === "true") {
    link.card.remove();
    link.setAttribute("aria-expanded", false);
    return false;
  }
  const close = () => {
    toggleBelow(link, moment);
    link.focus({ preventScroll: true });
  };
  link.card = cardOf(moment, close);
  const block = link.closest("p, li, blockquote");
  if (block.matches("li")) block.append(link.card);
  else block.after(link.card);
  link.setAttribute("aria-expanded", true);
  const title = link.card.querySelector("h3");
  title.focus({ preventScroll: true });
  title.scrollIntoView({ block: "nearest", behavior: "instant" }); // below a long paragraph, on a phone
  return true;
}
