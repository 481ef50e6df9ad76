// An embed: finds its parts in the document and wires them together. It keeps nothing, and writes no address.
import { closeByEscape } from "./closing.js";
import { tellHeight } from "./embed-height.js";
import { attachInnerLinks, attachOuterLinks } from "./embed-links.js";
import { makeSteps } from "./embed-steps.js";
import { talkWithHolder } from "./embed-talk.js";
import { attachMomentBar, attachTurning } from "./embed-turning.js";
import { giveWay, openStage } from "./map-kit.js";
import { pressBySpace } from "./pressing.js";
import { readAhead } from "./resources.js";
import { learnWords } from "./words.js";

readAhead(document);
learnWords(document);
const embedded = document.querySelector("[data-embed]");
const toldArticles = [...document.querySelectorAll("article[data-chapter]")];
const { chapterNow: openingChapter, momentNow } = embedded.dataset;
const steps = makeSteps(toldArticles, { chapter: openingChapter, moment: momentNow || null });
let mapOfEmbed = null;

function whereNow() {
  const { chapter, moment } = steps.state;
  const place = document.getElementById(moment)?.dataset.place;
  return { slug: chapter, moment, places: place ? [place] : [], hidden: () => false };
}

function follow() {
  mapOfEmbed?.show(whereNow());
  mapOfEmbed?.aim(whereNow());
}

const inChapter = {
  has: (event) => steps.plan.some(({ chapter, moments }) => chapter === steps.state.chapter && moments.includes(event)),
  go: (moment) => steps.go({ chapter: steps.state.chapter, moment }),
};

attachTurning(document, steps, toldArticles);
attachMomentBar(document, steps);
attachInnerLinks(document, steps);
attachOuterLinks(document);
steps.on(follow);
document.addEventListener("click", ({ target }) => {
  const told = target.closest("button.place")?.closest("[data-place]");
  if (!told) return;
  steps.go({ chapter: steps.state.chapter, moment: told.id });
  mapOfEmbed?.showPlace(told.dataset.place);
});
closeByEscape(document);
pressBySpace(document);
talkWithHolder(steps, tellHeight(embedded.dataset.embed));

try {
  if (document.querySelector("[data-map]")) {
    mapOfEmbed = await openStage(document, embedded.dataset.language, whereNow, inChapter);
    follow();
  }
} catch (error) {
  giveWay(document, error);
} finally {
  document.documentElement.dataset.ready = "";
}
