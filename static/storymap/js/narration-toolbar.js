// The buttons above the narration. They type into the field as a hand would, so that the browser's own undo takes it back.
import { create } from "./create.js";
import { emphasized, linked, prefixedLines } from "./markup.js";

const KEYS = { b: "bold", i: "italic", k: "link" };

function typeInto(textarea, { from, to, text, select }) {
  textarea.focus();
  textarea.setSelectionRange(from, to);
  const typed = text ? document.execCommand("insertText", false, text) : document.execCommand("delete");
  if (!typed) { // a browser without that command: undone by hand, then
    textarea.setRangeText(text, from, to, "end");
    textarea.dispatchEvent(new Event("input", { bubbles: true }));
  }
  textarea.setSelectionRange(...select);
}

// `moments()` are { slug, title } of the chapter. Returns { element, refresh() }.
export function makeToolbar(textarea, words, moments) {
  const act = (edit, ...more) => typeInto(textarea, edit(textarea.value, textarea.selectionStart, textarea.selectionEnd, ...more));
  const actions = {
    bold: () => act(emphasized, "**"),
    italic: () => act(emphasized, "*"),
    link: () => act(linked, words.address),
    quote: () => act(prefixedLines, "> "),
    list: () => act(prefixedLines, "- "),
  };
  const button = (name) => {
    const one = create("button", { type: "button", className: name, textContent: words[name] });
    one.addEventListener("click", actions[name]);
    return one;
  };
  const chooser = create("select", { ariaLabel: words.moment });
  const link = create("button", { type: "button", textContent: words.linkMoment });
  link.addEventListener("click", () => {
    const { value: slug, selectedOptions } = chooser;
    if (slug) act(linked, `#${slug}`, selectedOptions[0].textContent);
  });
  textarea.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || !KEYS[event.key]) return;
    event.preventDefault();
    actions[KEYS[event.key]]();
  });
  const refresh = () => {
    const chosen = chooser.value;
    const options = moments().map(({ slug, title }) => create("option", { value: slug, textContent: title }));
    chooser.replaceChildren(...(options.length ? options : [create("option", { value: "", textContent: words.noMoment })]));
    if (moments().some(({ slug }) => slug === chosen)) chooser.value = chosen;
    link.disabled = !options.length;
  };
  const element = create("div", { className: "toolbar", role: "toolbar", ariaLabel: words.toolbar }, ...Object.keys(actions).map(button), chooser, link);
  refresh();
  return { element, refresh };
}
