// What the server said in the page's language.

const spoken = {};

export function learn(words) {
  Object.assign(spoken, words);
}

export function learnWords(root) {
  learn(JSON.parse(root.getElementById("words")?.textContent ?? "{}"));
}

export function say(key, values = {}) {
  return (spoken[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

// A text for a library that takes markup: Leaflet, of a credit.
export function asHtml(text) {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
