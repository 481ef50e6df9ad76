// The forms of the workshop: what is typed is stored on the server, and offered back.
import { makeKeeper, textOf } from "./autosave-queue.js";
import { canFill, fillForm, hiddenValues, typedIn } from "./form-values.js";
import { makePost } from "./posting.js";
import { openPresence } from "./presence.js";

const KEEPALIVE_LIMIT = 60_000; // bytes: browsers send no more when a page goes
const LONGEST_SENDING = 5000; // milliseconds that a save waits for what is on its way

const byteLength = (text) => new TextEncoder().encode(text).length;
const clock = (iso) => new Date(iso).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

function makeTeller(status, words) {
  let lastSaid = ""; // what was said last when all was well
  return (state, said) => {
    if (state === "autosaved" && said) lastSaid = said.saved_at ? words.autosaved.replace("{time}", clock(said.saved_at)) : "";
    const text = state === "autosaved" ? lastSaid : words[state].replace("{reason}", said);
    if (status.textContent !== text) status.textContent = text;
    status.dataset.state = state;
  };
}

// Everything that ends a page: leaving it, hiding it, saving it. Until `signal` says that the form is gone.
function watchLeaving(form, keeper, sendLast, abort, signal) {
  let saving = false;
  const stays = () => (saving = false);
  const isLost = () => !saving && !keeper.isStored();
  const isLarge = () => byteLength(textOf(keeper.read())) >= KEEPALIVE_LIMIT;
  const on = (target, kind, then) => target.addEventListener(kind, then, { signal });
  on(globalThis, "pagehide", () => {
    if (!isLost()) return;
    abort(); // overtaken by this one
    sendLast({ keepalive: !isLarge() });
  });
  on(globalThis, "beforeunload", (event) => {
    if (isLost() && (keeper.hasFailed() || isLarge())) event.preventDefault();
  });
  on(document, "visibilitychange", () => document.visibilityState === "hidden" && !saving && keeper.flush());
  on(globalThis, "pageshow", ({ persisted }) => persisted && stays());
  on(form, "input", stays); // the page has stayed after all
  let waiting = false;
  on(form, "submit", async (event) => {
    saving = true;
    keeper.stop();
    if (waiting) event.preventDefault();
    if (waiting || !keeper.isSending()) return;
    event.preventDefault(); // an autosave that arrived after the save would look like unsaved work
    waiting = true;
    const gone = setTimeout(abort, LONGEST_SENDING);
    await keeper.flush();
    clearTimeout(gone);
    keeper.stop();
    waiting = false;
    form.requestSubmit(event.submitter);
  });
  return { isSaving: () => saving, stays };
}

function openAutosave(form, told, post, signal) {
  const hidden = hiddenValues(form.elements);
  const carried = new Set(told.carried);
  let { turn } = told;
  let stop = new AbortController();
  const abort = () => (stop.abort(), (stop = new AbortController()));
  const { of, object, part, language, seen } = told;
  const keep = (key, typed, options = {}) => post(told.keep, { of, object, part, language, key, seen, turn: ++turn, typed }, options);
  const read = () => typedIn(form.elements, hidden, carried, !object);
  const send = (typed, options) => keep(told.key, typed, { signal: stop.signal, ...options });
  const tell = makeTeller(form.querySelector("[data-autosave-status]"), told.words);
  const later = (then, wait) => (signal.aborted ? null : setTimeout(then, wait));
  const time = { later, forget: clearTimeout, now: () => performance.now() };
  const keeper = makeKeeper({ read, send, tell, ...time, stored: textOf(carried.size ? read() : {}) });
  const leaving = watchLeaving(form, keeper, (options) => send(read(), options).catch(() => null), abort, signal);
  const look = () => !leaving.isSaving() && keeper.touched();
  for (const kind of ["input", "change", "keyup", "pointerup"]) document.addEventListener(kind, look, { signal });
  addEventListener("focus", look, { signal }); // back from a window in which something was chosen
  addEventListener("online", () => keeper.flush(), { signal });
  look(); // a browser may have put back what was typed
  const take = async (key, offer) => {
    const own = told.key;
    const before = read();
    told.key = form.elements.namedItem("_autosave_key").value = key;
    turn = Math.max(turn, offer.turn);
    Object.keys(offer.values).forEach((name) => carried.add(name));
    fillForm(form, offer.values);
    const after = read();
    await keeper.flush();
    const isThere = Object.keys(before).every((name) => textOf(before[name]) === textOf(after[name]));
    await keep(own, isThere ? {} : before).catch(() => null); // typed before taking, and overwritten by it: another autosave
  };
  return { take, keeper, stays: () => (leaving.stays(), look()) };
}

function openOffers(form, take, words) {
  const local = (time) => new Date(time.dateTime).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
  for (const time of document.querySelectorAll(".autosave-offer time")) time.textContent = local(time);
  for (const box of document.querySelectorAll("[data-offer]")) {
    const offer = JSON.parse(box.dataset.offer);
    box.querySelector("form").addEventListener("submit", (event) => {
      if (event.submitter?.value !== "take" || !canFill(form, offer.values)) return; // then the server fills it
      event.preventDefault();
      take(box.dataset.key, offer);
      box.querySelector("[data-said]").textContent = words.taken;
      box.classList.add("taken");
      [...form.elements].find(({ name, type }) => name in offer.values && type !== "hidden")?.focus();
    });
  }
}

// Opens what stands above the form. Where pages change in place: `leave()` keeps what is typed and says whether it could,
// `stays()` goes on after a save that failed, `close()` ends it.
export function openDesk(desk, form) {
  const told = JSON.parse(desk.dataset.editing);
  const post = makePost(told);
  const life = new AbortController();
  if (told.here) openPresence(desk.querySelector("[data-presence]"), told, post, life.signal);
  if (!told.keep) return { leave: async () => true, stays() {}, close: () => life.abort() };
  const { take, keeper, stays } = openAutosave(form, told, post, life.signal);
  openOffers(form, take, told.words);
  const { of, object, part, language, obsolete } = told;
  obsolete.forEach((key) => post(told.keep, { of, object, part, language, key, typed: {}, turn: 2 ** 31 - 1 }).catch(() => null));
  return {
    stays,
    async leave() {
      await keeper.flush();
      await keeper.flush(); // what was typed during the first
      return keeper.isStored();
    },
    close() {
      life.abort();
      keeper.stop();
    },
  };
}
