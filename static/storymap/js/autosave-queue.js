// When to send an autosave: a second after the last key, at the latest one and a half after the first, so that a browser
// that dies takes less than two seconds of typing along; one request at a time; again after a failure, each time after
// a longer wait. Knows no page and no network: both are handed in.
const AFTER_TYPING = 1000;
const LATEST = 1500;
const LONGEST_PAUSE = 60_000;

export const textOf = (typed) => JSON.stringify(typed);

export function makeKeeper({ read, send, tell, later, forget, now, stored }) {
  let timer = null;
  let since = null; // when the oldest change was made that is not stored
  let sending = null;
  let failures = 0;

  const isStored = () => textOf(read()) === stored;
  const plan = (wait) => {
    if (timer !== null) forget(timer);
    timer = later(flush, wait);
  };
  const fail = ({ reason, final }) => {
    failures += 1;
    tell(final ? "refused" : "failed", reason);
    if (!final) plan(Math.min(LONGEST_PAUSE, 1000 * 2 ** failures));
  };
  const settle = (text, answer) => {
    stored = text;
    failures = 0;
    since = isStored() ? null : now();
    tell(since === null ? "autosaved" : "unsaved", answer);
    if (since !== null) plan(AFTER_TYPING);
  };
  async function flush() {
    if (timer !== null) forget(timer);
    timer = null;
    if (sending) return sending; // what was typed meanwhile is seen when it has come back
    const text = textOf(read());
    if (text === stored) return null;
    tell("saving");
    sending = send(JSON.parse(text)).then((answer) => () => settle(text, answer), (problem) => () => fail(problem));
    const done = await sending;
    sending = null;
    return done();
  }

  return {
    read,
    isStored,
    flush,
    isSending: () => sending !== null,
    hasFailed: () => failures > 0,
    // The form may have changed: look.
    touched() {
      if (sending) return;
      if (isStored()) {
        if (since !== null) tell("autosaved");
        since = null;
        return;
      }
      since ??= now();
      if (!failures) tell("unsaved");
      plan(Math.max(0, Math.min(AFTER_TYPING, since + LATEST - now())));
    },
    stop() {
      if (timer !== null) forget(timer);
      timer = null;
    },
  };
}
