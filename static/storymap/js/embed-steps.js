// Which chapter of an embed is shown, and which of its moments is chosen.

// The step if it is told here, else null. `plan`: [{ chapter, moments: [slug] }]. Pure.
export function stepIn(plan, chapter, moment) {
  const found = plan.find((part) => part.chapter === chapter);
  const wanted = moment === "" ? null : (moment ?? null);
  if (!found || (wanted !== null && !found.moments.includes(wanted))) return null;
  return { chapter, moment: wanted };
}

function planOf(articles) {
  return articles.map((article) => ({
    chapter: article.dataset.chapter,
    moments: [...article.querySelectorAll(".moment")].map(({ id }) => id),
  }));
}

export function makeSteps(articles, opening) {
  const plan = planOf(articles);
  const state = { ...opening };
  const listeners = [];
  const articleOf = (chapter) => articles.find((article) => article.dataset.chapter === chapter);

  const showChapter = () => {
    for (const article of articles) {
      article.hidden = article.dataset.chapter !== state.chapter;
      if (article.hidden) article.removeAttribute("aria-current");
      else article.setAttribute("aria-current", "step");
    }
  };
  const markMoment = () => {
    for (const element of articleOf(state.chapter).querySelectorAll(".moment")) {
      element.classList.toggle("here", element.id === state.moment);
    }
  };
  const go = ({ chapter, moment = null }) => {
    if (chapter === state.chapter && moment === state.moment) return;
    Object.assign(state, { chapter, moment });
    showChapter();
    markMoment();
    listeners.forEach((callback) => callback(state));
  };
  const chapterNow = () => plan.findIndex(({ chapter }) => chapter === state.chapter);
  markMoment();
  return {
    plan, state, go,
    article: () => articleOf(state.chapter),
    chapterAt: (by) => plan[chapterNow() + by]?.chapter,
    // The next moment from here, in the order of the chapter; before the first is the chapter itself.
    momentAt: (by) => {
      const { moments } = plan[chapterNow()];
      const at = moments.indexOf(state.moment) + by;
      return at < 0 ? null : moments[at];
    },
    on: (callback) => listeners.push(callback),
  };
}
