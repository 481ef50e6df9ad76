// The JSON of a page: places, outlines.

const ahead = new Map(); // address -> promise

async function fetched(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${answer.status} ${url}`);
  return answer.json();
}

// What the head has asked for is read while the page is set up, not only when the map wants it.
export function readAhead(root) {
  for (const link of root.querySelectorAll("link[rel=preload][as=fetch]")) {
    const url = link.getAttribute("href");
    ahead.set(url, fetched(url));
    ahead.get(url).catch(() => ahead.delete(url)); // whoever wants it asks again
  }
}

// What a page fetches as JSON. A page that was saved as one file has it inside: <script type="application/json"
// data-resource="NAME">, where NAME is the address that would be fetched.
export async function fetchJson(url, root = document) {
  const inside = [...root.querySelectorAll("script[data-resource]")].find(({ dataset }) => dataset.resource === url);
  return inside ? JSON.parse(inside.textContent) : (ahead.get(url) ?? fetched(url));
}
