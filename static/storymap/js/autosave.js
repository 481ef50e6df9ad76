// The forms of the workshop: what is typed is kept on the server, and offered back. Without this file a form is a form.
import { makeKeeper, textOf } from "./draft-keeper.js";
import { canFill, fillForm, hiddenValues, typedIn } from "./form-values.js";
import { openPresence } from "./presence.js";

const KEEPALIVE_LIMIT = 60_000; // bytes: browsers send no more when a page goes
const WAIT_FOR_DRAFT = 5000;

const byteLength = (text) => new TextEncoder().encode(text).length;
const tokenOf = () => document.querySelector("[name=csrfmiddlewaretoken]");

async function freshToken(address) {
  const { token } = await fetch(address, { redirect: "error" }).then((response) => response.json());
  document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((input) => (input.value = token)); // for saving too
}

// Posts JSON. Rejects with { reason, final }: final when the same would be refused again.
function makePost({ keep, words }) {
  return async function post(address, body, options = {}, again = true) {
    const headers = { "Content-Type": "application/json", "X-CSRFToken": tokenOf().value };
    const whole = { method: "POST", headers, body: JSON.stringify(body), ...options };
    const response = await fetch(address, whole).catch(() => Promise.reject({ reason: words?.offline ?? "", final: false }));
    if (response.redirected) throw { reason: words?.signedOut ?? "", final: false };
    const answer = await response.json().catch(() => ({}));
    if (response.ok) return answer;
    if (response.status === 403 && !answer.problem && keep && again) {
      await freshToken(keep).catch(() => Promise.reject({ reason: words.signedOut, final: false }));
      return post(address, body, options, false);
    }
    throw { reason: answer.problem ?? String(response.status), final: Boolean(answer.problem) };
  };
}

const clock = (iso) => new Date(iso).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

function makeTeller(status, words) {
  let kept = ""; // what was said last when all was well
  return (state, said) => {
    if (state === "kept" && said) kept = said.saved_at ? words.kept.replace("{time}", clock(said.saved_at)) : "";
    const text = state === "kept" ? kept : words[state].replace("{reason}", said);
    if (status.textContent !== text) status.textContent = text;
    status.dataset.state = state;
  };
}

// Everything that ends a page: leaving it, hiding it, saving it.
function watchLeaving(form, keeper, sendLast, abort) {
  let saving = false;
  const isLost = () => !saving && !keeper.isKept();
  const isLarge = () => byteLength(textOf(keeper.read())) >= KEEPALIVE_LIMIT;
  addEventListener("pagehide", () => {
    if (!isLost()) return;
    abort(); // overtaken by this one
    sendLast({ keepalive: !isLarge() });
  });
  addEventListener("beforeunload", (event) => {
    if (isLost() && (keeper.hasFailed() || isLarge())) event.preventDefault();
  });
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && !saving && keeper.flush());
  addEventListener("pageshow", ({ persisted }) => persisted && (saving = false));
  form.addEventListener("input", () => (saving = false)); // the page has stayed after all
  let waiting = false;
  form.addEventListener("submit", async (event) => {
    saving = true;
    keeper.stop();
    if (waiting) event.preventDefault();
    if (waiting || !keeper.isSending()) return;
    event.preventDefault(); // a draft that arrived after the save would look like unsaved work
    waiting = true;
    const gone = setTimeout(abort, WAIT_FOR_DRAFT);
    await keeper.flush();
    clearTimeout(gone);
    keeper.stop();
    waiting = false;
    form.requestSubmit(event.submitter);
  });
  return () => saving;
}

function openAutosave(form, told, post) {
  const hidden = hiddenValues(form.elements);
  const carried = new Set(told.carried);
  let { turn } = told;
  let stop = new AbortController();
  const abort = () => (stop.abort(), (stop = new AbortController()));
  const { of, object, language, seen } = told;
  const keep = (key, typed, options = {}) => post(told.keep, { of, object, language, key, seen, turn: ++turn, typed }, options);
  const read = () => typedIn(form.elements, hidden, carried, !object);
  const send = (typed, options) => keep(told.key, typed, { signal: stop.signal, ...options });
  const tell = makeTeller(form.querySelector("[data-draft-status]"), told.words);
  const time = { later: (then, wait) => setTimeout(then, wait), forget: clearTimeout, now: () => performance.now() };
  const keeper = makeKeeper({ read, send, tell, ...time, kept: textOf(carried.size ? read() : {}) });
  const isSaving = watchLeaving(form, keeper, (options) => send(read(), options).catch(() => null), abort);
  const look = () => !isSaving() && keeper.touched();
  for (const kind of ["input", "change", "keyup", "pointerup"]) document.addEventListener(kind, look);
  addEventListener("focus", look); // back from a window in which something was chosen
  addEventListener("online", () => keeper.flush());
  look(); // a browser may have put back what was typed
  return async function take(key, offer) {
    const own = told.key;
    const before = read();
    told.key = form.elements.namedItem("_draft_key").value = key;
    turn = Math.max(turn, offer.turn);
    Object.keys(offer.values).forEach((name) => carried.add(name));
    fillForm(form, offer.values);
    const after = read();
    await keeper.flush();
    const isThere = Object.keys(before).every((name) => textOf(before[name]) === textOf(after[name]));
    await keep(own, isThere ? {} : before).catch(() => null); // typed before taking, and overwritten by it: another draft
  };
}

function openOffers(form, take, words) {
  const local = (time) => new Date(time.dateTime).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
  for (const time of document.querySelectorAll(".draft-offer time")) time.textContent = local(time);
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

const desk = document.querySelector("[data-editing]");
if (desk) {
  const told = JSON.parse(desk.dataset.editing);
  const post = makePost(told);
  const main = document.querySelector("#content-main > form[id$=_form]");
  if (told.here) openPresence(desk.querySelector("[data-presence]"), told, post);
  if (told.keep) {
    openOffers(main, openAutosave(main, told, post), told.words);
    const { of, object, language, obsolete } = told;
    obsolete.forEach((key) => post(told.keep, { of, object, language, key, typed: {}, turn: 2 ** 31 - 1 }).catch(() => null));
  }
}
