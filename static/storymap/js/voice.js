// A chapter in the browser's voice, sentence by sentence: its heading and its narration.
import { sentencesOf } from "./sentences.js";

const CARD = ".event-card"; // an event that was opened there is no part of the narration

// A piece of text with its own text nodes: a list within it is pieces of its own.
function pieceOf(block) {
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  const parts = [];
  let text = "";
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const { parentElement } = node;
    if (parentElement.closest("h2, p, li") !== block || parentElement.closest(CARD)) continue;
    parts.push({ node, start: text.length });
    text += node.data;
  }
  return { text, parts };
}

function rangeOf(parts, start, end) {
  const range = document.createRange();
  const at = (offset) => parts.findLast((part) => part.start <= offset) ?? parts[0];
  range.setStart(at(start).node, start - at(start).start);
  range.setEnd(at(end - 1).node, end - at(end - 1).start);
  return range;
}

function spokenOf(article, language) {
  const blocks = [article.querySelector("h2"), ...article.querySelectorAll(".narration :is(p, li)")];
  return blocks.filter((block) => !block.closest(CARD)).flatMap((block) => {
    const { text, parts } = pieceOf(block);
    return sentencesOf(text, language).map(({ text: words, start, end }) => ({ block, words, range: rangeOf(parts, start, end) }));
  });
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

// `comes(block, range)`: to a sentence. Returns { go, rest, end }: go begins, and goes on with the sentence of the rest.
export function voiceOf(article, language, { comes, failed, ended }) {
  const sentences = spokenOf(article, language);
  let [next, speaking, unmark] = [0, null, () => {}];
  const go = () => {
    unmark();
    const sentence = sentences[next];
    if (!sentence) return void ended();
    unmark = mark(sentence.range);
    comes(sentence.block, sentence.range);
    const utterance = Object.assign(new SpeechSynthesisUtterance(sentence.words), { lang: language });
    const ifStill = (action) => () => speaking === utterance && action(); // what was cancelled ends too, and later
    utterance.onend = ifStill(() => {
      next += 1;
      go();
    });
    utterance.onerror = ifStill(failed);
    speaking = utterance;
    speechSynthesis.speak(utterance);
  };
  const rest = () => {
    speaking = null;
    speechSynthesis.cancel();
  };
  const end = () => {
    rest();
    unmark();
  };
  return { go, rest, end };
}
