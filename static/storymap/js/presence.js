// Who else is here: asked every ten seconds, and only while the page can be seen.
const EVERY = 10_000;

export function openPresence(region, { here, of, object }, post, signal) {
  let stopped = false;
  const ask = async () => {
    if (stopped || document.visibilityState !== "visible") return;
    const answer = await post(here, { of, object }).catch(({ final }) => ((stopped = final), null));
    if (!answer) return;
    const said = answer.others.join(" · ");
    if (region.textContent !== said) region.textContent = said; // spoken only when somebody comes or goes
  };
  ask();
  const round = setInterval(ask, EVERY);
  signal.addEventListener("abort", () => clearInterval(round));
  document.addEventListener("visibilitychange", ask, { signal });
  addEventListener("pageshow", ({ persisted }) => persisted && ask(), { signal });
  addEventListener("pagehide", () => post(here, { of, object, leaving: true }, { keepalive: true }).catch(() => null), { signal });
}
