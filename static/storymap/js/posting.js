// Questions of an open form to the site, as JSON. Knows a token that is too old, and a session that has ended.
const tokenOf = () => document.querySelector("[name=csrfmiddlewaretoken]");

async function freshToken(address) {
  const { token } = await fetch(address, { redirect: "error" }).then((response) => response.json());
  document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((input) => (input.value = token)); // for saving too
}

// Rejects with { reason, final }: final when the same would be refused again.
export function makePost({ keep, words }) {
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
    const { problem } = answer;
    throw { reason: problem ?? String(response.status), final: Boolean(problem) && response.status < 500 }; // a full disk has room again
  };
}
