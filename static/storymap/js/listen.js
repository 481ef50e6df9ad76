// Reading aloud: a chapter's recording when there is one, else the browser's voice, sentence by sentence.
import { sentencesOf } from "./sentences.js";

function textNodes(article) {
  const nodes = [article.querySelector("h2"), ...article.querySelectorAll(".narration p, .narration li")];
  return nodes.map((block) => {
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    const parts = [];
    let length = 0;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      parts.push({ node, start: length });
      length += node.length;
    }
    return { text: block.textContent, parts };
  });
}

function rangeOf(parts, start, end) {
  const range = document.createRange();
  const at = (offset) => parts.findLast((part) => part.start <= offset) ?? parts[0];
  range.setStart(at(start).node, start - at(start).start);
  range.setEnd(at(end - 1).node, end - at(end - 1).start);
  return range;
}

// Marks what is spoken; returns how to take the mark away again.
function mark(range) {
  if (CSS.highlights && CSS.supports("selector(::highlight(spoken))")) {
    CSS.highlights.set("spoken", new Highlight(range));
    return () => CSS.highlights.delete("spoken");
  }
  const block = range.startContainer.parentElement; // without highlights: the paragraph
  block.classList.add("spoken");
  return () => block.classList.remove("spoken");
}

function speak(article, language, ended) {
  const queue = textNodes(article).flatMap(({ text, parts }) => sentencesOf(text, language).map((sentence) => ({ ...sentence, parts })));
  let [stopped, clear] = [false, () => {}];
  const next = () => {
    clear();
    if (stopped) return;
    const sentence = queue.shift();
    if (!sentence) return void ended();
    const utterance = Object.assign(new SpeechSynthesisUtterance(sentence.text), { lang: language });
    clear = mark(rangeOf(sentence.parts, sentence.start, sentence.end));
    utterance.onend = utterance.onerror = next;
    speechSynthesis.speak(utterance);
  };
  next();
  return () => {
    stopped = true;
    clear();
    speechSynthesis.cancel();
  };
}

function record(audio, ended) {
  audio.onended = ended;
  audio.currentTime = 0;
  audio.play().catch(() => {});
  return () => {
    audio.onended = null;
    audio.pause();
  };
}

// `stopWord`: what a pressed button says. Returns press(button, index, onwards): begins at a chapter, or ends.
export function makeListening(reader, { language, voiced, stopWord }) {
  const { articles } = reader;
  let [stop, playing, button] = [null, null, null];
  const halt = () => {
    stop?.();
    stop = playing = null;
    if (button) button.textContent = button.dataset.words;
  };
  const play = (index, onwards) => {
    const audio = articles[index].querySelector("audio");
    const ended = () => {
      stop = null;
      if (!onwards || index + 1 >= articles.length) return halt();
      playing = index + 1;
      reader.go({ chapter: playing }, { aloud: false });
      setTimeout(() => playing === index + 1 && play(index + 1, true), 1200);
    };
    playing = index;
    if (audio) stop = record(audio, ended);
    else if (voiced()) stop = speak(articles[index], language, ended);
    else ended();
  };
  const press = (pressed, index, onwards) => {
    const again = button === pressed && playing !== null;
    halt();
    if (again) return;
    button = pressed;
    button.dataset.words = button.textContent;
    button.textContent = stopWord;
    if (onwards) reader.go({ chapter: index }, { aloud: false });
    play(index, onwards);
  };
  const presses = ({ key = "Enter", target }) => "Enter ".includes(key) && target.closest?.("[data-listen-button], [data-play], audio");
  for (const hand of ["wheel", "touchstart", "keydown", "pointerdown"]) {
    addEventListener(hand, (event) => playing !== null && !presses(event) && halt(), { passive: true });
  }
  reader.on("change", ({ chapter }) => playing !== null && chapter !== playing && halt());
  addEventListener("pagehide", halt);
  return press;
}
