// Text as a reader aloud takes it: sentence by sentence. Pure.

const ENDS = /[^.!?\u3002\uff01\uff1f]+[.!?\u3002\uff01\uff1f]*["”’»」』)\uff09]*\s*/gu;
const LONGEST = 220; // characters: some engines stop in the middle of longer ones

function segments(text, language) {
  if (globalThis.Intl?.Segmenter) {
    return [...new Intl.Segmenter(language, { granularity: "sentence" }).segment(text)].map((part) => part.segment);
  }
  return text.match(ENDS) ?? [text];
}

function pieces(sentence) {
  if (sentence.length <= LONGEST) return [sentence];
  const at = Math.max(...[";", ":", ",", "、", ","].map((mark) => sentence.lastIndexOf(mark, LONGEST)));
  const cut = at > 40 ? at + 1 : LONGEST;
  return [sentence.slice(0, cut), ...pieces(sentence.slice(cut))];
}

// [{ text, start, end }] with offsets into the given text; nothing but white space is left out.
export function sentencesOf(text, language) {
  const found = [];
  let start = 0;
  for (const piece of segments(text, language).flatMap(pieces)) {
    const words = piece.trim();
    const skipped = piece.length - piece.trimStart().length;
    if (words) found.push({ text: words, start: start + skipped, end: start + skipped + words.length });
    start += piece.length;
  }
  return found;
}
