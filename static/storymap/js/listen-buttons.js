// Offers reading aloud where there is a voice or a recording. What reads comes when the reader begins to move: a browser
// lets a page speak only at once after a press, and many readers never listen.
import { late } from "./late.js";
import { say } from "./words.js";

// What comes late has learnt none.
function wordsOfListening() {
  return Object.fromEntries(["stop", "pause", "goOn"].map((key) => [key, say(key)]));
}

const STIRS = ["scroll", "keydown", "pointermove", "pointerdown"];

export function attachListening(root, reader, language) {
  const { articles } = reader;
  const all = root.querySelector("[data-play]");
  const voiced = () => globalThis.speechSynthesis?.getVoices().some((voice) => voice.lang.replace("_", "-").startsWith(language));
  const pager = root.querySelector("[data-pager]");
  const load = late(() => import("./listen.js").then(({ makeListening }) => makeListening(reader, { language, voiced, words: wordsOfListening(), pager })));
  const stir = () => {
    if (all.hidden) return;
    STIRS.forEach((type) => removeEventListener(type, stir));
    load();
  };
  STIRS.forEach((type) => addEventListener(type, stir, { passive: true }));
  root.addEventListener("click", async ({ target }) => {
    const own = target.closest?.("[data-listen-button]");
    if (!own && !target.closest?.("[data-play]")) return;
    const press = await load();
    if (own) press(own, articles.indexOf(own.closest("article")), false);
    else press(all, reader.state.cover ? 0 : reader.state.chapter, true);
  });
  const offer = () => {
    const speaks = voiced();
    articles.forEach((article) => {
      const own = article.querySelector("[data-listen-button]");
      own.hidden = !speaks || Boolean(article.querySelector("audio"));
    });
    all.hidden = !speaks && !root.querySelector("article audio");
  };
  globalThis.speechSynthesis?.addEventListener?.("voiceschanged", offer);
  offer();
}
