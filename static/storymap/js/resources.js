// What a page fetches as JSON. A page that was saved as one file has it inside: <script type="application/json"
// data-resource="NAME">, where NAME is the address that would be fetched.

export async function fetchJson(url, root = document) {
  const inside = [...root.querySelectorAll("script[data-resource]")].find(({ dataset }) => dataset.resource === url);
  if (inside) return JSON.parse(inside.textContent);
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${answer.status} ${url}`);
  return answer.json();
}
