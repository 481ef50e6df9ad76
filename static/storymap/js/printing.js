// Paper needs what the screen does not. Browsers begin to load a picture when they print and do not wait for it, so on a
// desk all are loaded beforehand, one after the other when there is nothing better to do; a phone's reader, who pays for
// them and hardly prints, loads them then. Sources stand open on paper by the style, where the browser knows how.
import { whenIdle } from "./idle.js";

const MOST_AHEAD = 60; // pictures: of a longer story nobody pays for all that few print
const LOADING_WAIT = 5000; // milliseconds until a busy page loads one all the same
const STYLE_OPENS = CSS.supports("selector(::details-content)"); // Firefox from 143, Safari from 18.4

function loadInTurn(pictures) {
  const picture = pictures.shift();
  if (!picture) return;
  const next = () => whenIdle(() => loadInTurn(pictures), LOADING_WAIT);
  const begun = picture.currentSrc && picture.complete; // it had come into view
  if (!begun) ["load", "error"].forEach((end) => picture.addEventListener(end, next, { once: true }));
  picture.loading = "eager";
  if (begun) next();
}

export function prepareForPaper(root) {
  const pictures = () => [...root.querySelectorAll("img[loading=lazy]")];
  let opened = [];
  addEventListener("beforeprint", () => {
    pictures().forEach((picture) => (picture.loading = "eager"));
    if (STYLE_OPENS) return;
    opened = [...root.querySelectorAll("main details:not([open], .stage *)")];
    opened.forEach((details) => (details.open = true));
  });
  addEventListener("afterprint", () => opened.splice(0).forEach((details) => (details.open = false)));
  return () => {
    const isWelcome = matchMedia("(any-pointer: fine)").matches && !navigator.connection?.saveData;
    if (isWelcome && pictures().length <= MOST_AHEAD) loadInTurn(pictures());
  };
}
