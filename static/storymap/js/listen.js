// Reading aloud: a chapter, or the story from one chapter to the next; its recording when there is one, else the browser's
// voice. A hand of the reader's pauses it, and nothing but a press begins it or goes on.
import { keepInSight } from "./in-sight.js";
import { makeListenBar } from "./listen-bar.js";
import { passageAt } from "./passages.js";
import { recordingOf } from "./recording.js";
import { voiceOf } from "./voice.js";

const BREATH_BETWEEN = 1200; // milliseconds from one chapter to the next
const HANDS = ["wheel", "touchstart", "keydown", "pointerdown"];
const KEYS_OF_BUTTONS = ["Enter", " "];

// Returns press(button, index, onwards): begins at a chapter; once it has begun, goes on after a pause, or ends.
export function makeListening(reader, { language, voiced, words, pager }) {
  const { articles } = reader;
  let [player, at, onwards, isPaused] = [null, 0, false, false]; // `at`: the chapter that is read
  let [button, timer] = [null, 0];
  let isPlaced = false; // the heading of a chapter that was gone to: the page is on its way

  const audioOf = (index) => articles[index].querySelector("audio");
  const show = () => {
    if (!player) return;
    const { chapter } = reader.state; // where a reader who went elsewhere would go on
    bar.show(articles[chapter].querySelector("h2").textContent, isPaused);
    button.textContent = isPaused ? words.goOn : words.stop;
    button.toggleAttribute("data-stops", !isPaused);
  };
  const become = (paused) => {
    isPaused = paused;
    show();
  };
  const pause = () => {
    if (isPaused) return;
    clearTimeout(timer);
    isPlaced = false;
    become(true);
    player.rest();
    reader.lead(null);
  };
  const stop = () => {
    if (!player) return;
    clearTimeout(timer);
    player.end();
    player = null;
    reader.lead(null);
    button.textContent = button.dataset.words;
    button.removeAttribute("data-stops");
    if (bar.bar.contains(document.activeElement)) articles[reader.state.chapter].focus({ preventScroll: true });
    bar.hide();
  };
  const playerOf = (index) => {
    const audio = audioOf(index);
    const ended = () => (onwards ? begin(index + 1, { wait: BREATH_BETWEEN }) : stop());
    if (audio) return recordingOf(audio, { began: () => become(false), failed: pause, ended });
    const comes = (block, range) => {
      reader.lead(passageAt(articles[index], block));
      if (!isPlaced) keepInSight(range);
      isPlaced = false;
    };
    return voiceOf(articles[index], language, { comes, failed: pause, ended });
  };
  // Begins with a chapter or the next one that can be heard.
  const begin = (index, { goes = true, wait = 0 } = {}) => {
    const heard = articles.findIndex((_, n) => n >= index && (audioOf(n) || voiced()));
    if (heard < 0) return stop();
    player?.end();
    reader.lead(null);
    [at, isPaused, isPlaced] = [heard, false, goes];
    player = playerOf(heard);
    if (goes) reader.go({ chapter: heard }, { aloud: false });
    show();
    if (wait) timer = setTimeout(player.go, wait);
    else player.go(); // at once: a browser lets a page speak right after a press
  };
  const goOn = () => {
    if (reader.state.chapter !== at) return begin(reader.state.chapter);
    become(false);
    player.go();
  };
  const turn = () => (isPaused ? goOn() : pause());
  const bar = makeListenBar(pager, words, { turn, stop });
  const press = (pressed, index, isOnwards) => {
    if (player && button === pressed) return isPaused ? goOn() : stop();
    stop();
    [button, onwards] = [pressed, isOnwards];
    button.dataset.words = button.textContent;
    begin(index, { goes: onwards });
  };
  const isOurs = ({ type, key, target }) => {
    if (type === "keydown" && !KEYS_OF_BUTTONS.includes(key)) return key.startsWith("Audio"); // how loud it is
    return target === player.audio || target.closest?.("[data-listen-button], [data-play], .listening");
  };
  const heed = (event) => {
    if (!player) return;
    if (event.key === "Escape" && !event.defaultPrevented) stop();
    else if (!isOurs(event)) pause();
  };
  for (const hand of HANDS) addEventListener(hand, heed, { passive: true });
  reader.on("change", ({ chapter }) => {
    if (player && chapter !== at) pause();
    show();
  });
  addEventListener("pagehide", stop);
  return press;
}
