// Links of an embed: those to what is told here move text and map; all others open a window of their own.
//
// A frame with a sandbox may open no windows (no `allow-popups`), and does not say so: the browser drops the click. So the
// first such link that is followed tries. Where a window opens, all others are left to the browser; where none does, each
// shows its address as text that can be copied.
import { stepIn } from "./embed-steps.js";
import { plain } from "./plain-click.js";

// The step that a link inside the text asks for, if it is told here; else null.
export function stepOf({ toChapter, toMoment }, plan) {
  return toChapter ? stepIn(plan, toChapter, toMoment) : null;
}

export function attachInnerLinks(root, steps) {
  root.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-to-chapter]");
    const step = link && plain(event) && stepOf(link.dataset, steps.plan);
    if (!step) return;
    event.preventDefault();
    steps.go(step);
    showStep(root, steps);
  });
}

// Where the reader has come to is shown and has the focus: a screen reader goes on from there.
function showStep(root, steps) {
  const article = steps.article();
  const { moment } = steps.state;
  if (moment) article.querySelector("[data-events]").open = true;
  const title = moment ? root.getElementById(moment).querySelector("h3") : article.querySelector("h2");
  title.tabIndex = -1;
  title.focus();
}

const OUTER = 'a[href]:not([target="_self"], [role="button"])'; // the buttons of the map are links without an address
const WEB = /^https?:$/;

// Whether a window could be opened; it never holds this one.
function openWindow(address) {
  const opened = window.open("", "_blank");
  if (!opened) return false;
  try {
    opened.opener = null;
  } catch {
    // it is in the sandbox too, and leads no window but its own
  }
  opened.location.replace(address);
  return true;
}

export function attachOuterLinks(root) {
  const strip = root.querySelector("[data-address]").content.firstElementChild;
  let mayOpen = window.parent === window || null; // null: nobody knows before a link was followed
  root.addEventListener("click", (event) => {
    const link = event.target.closest(OUTER);
    if (!link || mayOpen) return;
    if (mayOpen === null) {
      if (!plain(event) || !WEB.test(link.protocol)) return;
      event.preventDefault();
      mayOpen = openWindow(link.href);
      if (mayOpen) return;
    }
    event.preventDefault();
    showAddress(strip, link);
  }, true); // the map lets no click of its own through
}

function showAddress(strip, link) {
  const field = strip.querySelector("input");
  field.value = link.href;
  const beside = link.closest("p, .embed-head");
  if (beside) beside.after(strip);
  else link.closest("li, .stage, main").append(strip);
  field.focus({ preventScroll: true });
  field.select();
}
