// What the buttons of the narration do to a text and its selection. Pure: each returns { from, to, text, select: [start, end] }.

function trimmed(value, start, end) {
  const chosen = value.slice(start, end);
  if (!chosen.trim()) return [start, end];
  return [start + chosen.length - chosen.trimStart().length, end - (chosen.length - chosen.trimEnd().length)];
}

// **bold**, *italic*; once more, and it is plain again.
export function emphasized(value, from, to, mark) {
  const [start, end] = trimmed(value, from, to);
  const chosen = value.slice(start, end);
  const stars = Math.min(value.slice(0, start).match(/\**$/)[0].length, value.slice(end).match(/^\**/)[0].length);
  const [outer, inner] = [start - mark.length, end + mark.length];
  if (mark.length === 1 ? stars % 2 : stars >= 2) return { from: outer, to: inner, text: chosen, select: [outer, outer + chosen.length] };
  return { from: start, to: end, text: mark + chosen + mark, select: [start + mark.length, end + mark.length] };
}

// Each line of the selection with "> " or "- " before it, or without when all have it.
export function prefixedLines(value, start, end, prefix) {
  const from = value.lastIndexOf("\n", start - 1) + 1;
  const next = value.indexOf("\n", end);
  const to = next < 0 ? value.length : next;
  const lines = value.slice(from, to).split("\n");
  const all = lines.every((line) => line.startsWith(prefix));
  const text = lines.map((line) => (all ? line.slice(prefix.length) : prefix + line)).join("\n");
  return { from, to, text, select: lines.length > 1 ? [from, from + text.length] : [from + text.length, from + text.length] };
}

// The selection as a link; what is left to write is selected afterwards.
export function linked(value, from, to, address, name = "") {
  const [start, end] = trimmed(value, from, to);
  const shown = value.slice(start, end) || name.replace(/[[\]\\]/g, "\\$&");
  const text = `[${shown}](${address})`;
  const behind = start + text.length;
  const inside = start + shown.length + 3;
  if (!shown) return { from: start, to: end, text, select: [start + 1, start + 1] };
  return { from: start, to: end, text, select: name ? [behind, behind] : [inside, inside + address.length] };
}
