// The narration as readers will see it, rendered and cleaned by the server while it is written.
import { makeAsker, postForm } from "./asking.js";
import { create } from "./create.js";

const PAUSE = 400; // milliseconds without a key

function openElsewhere(event) {
  const link = event.target.closest("a");
  if (!link) return;
  if (link.getAttribute("href").startsWith("#")) event.preventDefault(); // there is no moment on this page
  else link.target = "_blank"; // what is written stays
}

// `events()` are the keys of the moments on the form. Returns { count, region, problems, refresh() }.
export function makePreview(textarea, told, events) {
  const { words, advised } = told;
  const count = create("p", { className: "word-count" });
  const problems = create("ul", { className: "problems" });
  const text = create("div", { className: "narration", lang: told.language });
  const heading = create("p", { className: "preview-heading", textContent: words.preview });
  const region = create("section", { className: "narration-preview", ariaLabel: words.preview, tabIndex: 0 }, heading, text);
  text.addEventListener("click", openElsewhere);

  const show = ({ html, words: number, problems: found }) => {
    if (html !== undefined) {
      const parsed = new DOMParser().parseFromString(html, "text/html"); // runs nothing, and the server has cleaned it
      text.replaceChildren(...parsed.body.childNodes);
      if (!html) text.append(create("p", { className: "help", textContent: words.empty }));
      count.textContent = words.count.replace("{words}", number).replace("{least}", advised[0]).replace("{most}", advised[1]);
      count.classList.toggle("off", number < advised[0] || number > advised[1]);
    }
    const lines = found.map((problem) => create("li", { textContent: problem }));
    if (problems.textContent !== found.join("")) problems.replaceChildren(...lines);
  };
  const ask = async () => {
    const pairs = [["text", textarea.value], ["chapter", told.chapter], ["story", textarea.form.elements.story?.value ?? ""]];
    const all = [...pairs, ...events().map((event) => ["event", event])];
    show(await postForm(textarea.form, told.render, all).catch(() => ({ problems: [words.failed] })));
  };
  const refresh = makeAsker(PAUSE, ask);
  textarea.addEventListener("input", refresh);
  textarea.form.elements.story?.addEventListener("change", refresh);
  ask();
  return { count, region, problems: create("div", { role: "status" }, problems), refresh };
}
