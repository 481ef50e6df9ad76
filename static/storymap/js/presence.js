// Who else is here: asked every ten seconds, and only while the page can be seen.
const EVERY = 10_000;

export function openPresence(region, { here, of, object }, post) {
  let stopped = false;
  const ask = async () => {
    if (stopped || document.visibilityState !== "visible") return;
    const answer = await post(here, { of, object }).catch(({ final }) => ((stopped = final), null));
    if (!answer) return;
    const said = answer.others.join(" · ");
    if (region.textContent !== said) region.textContent = said; // spoken only when somebody comes or goes
  };
  ask();
  setInterval(ask, EVERY);
  document.addEventListener("visibilitychange", ask);
  addEventListener("pageshow", ({ persisted }) => persisted && ask());
  addEventListener("pagehide", () => post(here, { of, object, leaving: true }, { keepalive: true }).catch(() => null));
}
