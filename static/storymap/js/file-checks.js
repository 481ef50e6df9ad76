// What can be said of a file before it is sent; the server looks into it. Pure.

const MOST_BYTES = 15 * 1024 * 1024;

export function refusalOf(file, words) {
  if (file.type === "image/svg+xml" || /\.svgz?$/i.test(file.name)) return words.svg;
  return file.size > MOST_BYTES ? words.large : "";
}

export function filledIn(text, values) {
  return text.replace(/\{(\w+)\}/g, (_all, name) => String(values[name]));
}
