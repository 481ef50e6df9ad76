// Questions to the site from a form of the admin.

export async function postForm(form, address, pairs) {
  const body = new URLSearchParams([["csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value], ...pairs]);
  const answer = await fetch(address, { method: "POST", body, headers: { Accept: "application/json" } });
  return answer.json(); // a page instead, of the login for example, is an error
}

// Asks at most once at a time and `pause` milliseconds after the last call; what came meanwhile is asked for afterwards.
export function makeAsker(pause, ask) {
  let [timer, busy, again] = [0, false, false];
  const go = async () => {
    if (busy) return void (again = true);
    [busy, again] = [true, false];
    await ask();
    busy = false;
    if (again) go();
  };
  return () => {
    clearTimeout(timer);
    timer = setTimeout(go, pause);
  };
}
