// The events at one point of the map, as a list over it: each leads to its moment.
import { headOfMoment } from "./moment-head.js";
import { pinWords } from "./pins.js";

function eventRow(number, event, go) {
  const [row, link, when] = ["li", "a", "span"].map((name) => document.createElement(name));
  const [day, title] = headOfMoment(event);
  link.href = `#${event}`;
  if (number) {
    const digits = document.createElement("span");
    digits.className = "pin-number";
    digits.textContent = number;
    link.append(digits, " ");
  }
  when.className = "when";
  when.textContent = day;
  link.append(when, ` ${title}`);
  link.addEventListener("click", (click) => {
    if (click.metaKey || click.ctrlKey || click.shiftKey) return;
    click.preventDefault();
    go(event);
  });
  row.append(link);
  return row;
}

// `go(event)` takes the reader to a moment of the page. Returns { open(places, from, low), close() }: `places` are
// [{ number, name, events }], `from` is the button that had it opened, `low` whether that is in the lower half.
export function makePinList(panel, go) {
  const [title, list, shut] = ["[data-title]", "ol", "button"].map((part) => panel.querySelector(part));
  let opener = null;

  const close = () => {
    panel.hidden = true;
    opener?.setAttribute("aria-expanded", "false");
  };
  const giveBack = () => {
    close();
    if (opener?.isConnected) opener.focus({ preventScroll: true });
  };
  const lead = (event) => {
    giveBack();
    go(event);
    const heading = document.getElementById(event).querySelector("h3");
    if (!heading.checkVisibility()) return; // in an embed the line under the map says it
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  };
  shut.addEventListener("click", giveBack);
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    giveBack();
  });
  const open = (places, from, low) => {
    close();
    opener = from;
    const numberOf = new Map(places.toReversed().flatMap(({ number, events }) => events.map((event) => [event, number])));
    const events = [...new Set(places.flatMap((place) => place.events))];
    title.textContent = pinWords(places, events.length);
    list.replaceChildren(...events.map((event) => eventRow(places.length > 1 && numberOf.get(event), event, lead)));
    panel.classList.toggle("above", low);
    panel.hidden = false;
    panel.scrollTop = 0;
    opener?.setAttribute("aria-expanded", "true");
    list.querySelector("a").focus({ preventScroll: true });
  };
  return { open, close };
}
