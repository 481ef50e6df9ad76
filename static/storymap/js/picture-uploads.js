// Several pictures at once: sent one after another, so that each is said and one that is refused keeps no other back.
import { makeDropZone } from "./drop-zone.js";
import { filledIn, refusalOf } from "./file-checks.js";

async function sent(form, input, file) {
  const data = new FormData(form); // without the field: it is disabled meanwhile
  data.append(input.name, file);
  const response = await fetch(form.action, { method: "POST", body: data, headers: { Accept: "application/json" } });
  const answer = await response.json();
  return answer.taken[0];
}

function lineFor({ name, problem, slug, url }) {
  const line = document.createElement("li");
  line.className = problem ? "refused" : "stored";
  line.append(problem ? `${name}: ${problem} ` : `${name}: `);
  if (url) line.append(Object.assign(document.createElement("a"), { href: url, textContent: slug }));
  return line;
}

export function openUploads(form) {
  const words = JSON.parse(document.querySelector("#upload-words").textContent);
  const input = form.querySelector("[type=file]");
  const button = form.querySelector("[type=submit]");
  const list = Object.assign(document.createElement("ul"), { className: "taken" });
  const progress = Object.assign(document.createElement("progress"), { hidden: true, ariaLabel: form.querySelector("h2").textContent });
  const again = Object.assign(document.createElement("a"), { href: location.href, textContent: words.again, hidden: true });

  const send = async (files) => {
    button.disabled = input.disabled = true;
    Object.assign(progress, { hidden: false, max: files.length, value: 0 });
    let stored = 0;
    for (const [index, file] of files.entries()) {
      zone.say(filledIn(words.sending, { number: index + 1, total: files.length, name: file.name }));
      const refusal = refusalOf(file, words);
      const taken = refusal ? { name: file.name, problem: refusal } : await sent(form, input, file).catch(() => ({ name: file.name, problem: words.failed }));
      list.append(lineFor(taken));
      stored += taken.problem ? 0 : 1;
      progress.value = index + 1;
    }
    button.disabled = input.disabled = false;
    input.value = "";
    progress.hidden = true;
    again.hidden = !list.querySelector(".stored");
    zone.say(filledIn(words.done, { stored, refused: files.length - stored }));
  };
  const zone = makeDropZone(input, words.drop, (files) => button.disabled || send(files));
  zone.end.append(progress, list, again);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (input.files.length) send([...input.files]);
  });
}
