// Which names of the ground a text says, as whole words. Pure.

const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]/u; // words of these scripts stand next to each other

function unmarked(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/\s+/g, " ").trim();
}

// Languages write "avenida Larga" as well as "Avenida Larga", but flowers are not Las Flores.
function spellings(name) {
  const [first, ...others] = name.split(" ");
  return others.length ? [name, [first.toLowerCase(), ...others].join(" ")] : [name];
}

function isSaid(text, word) {
  const isOpen = (sign) => !sign || UNSPACED.test(sign) || !/[\p{L}\p{N}]/u.test(sign);
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const isAlone = isOpen(text[at - 1]) && isOpen(text[at + word.length]);
    if (isAlone || UNSPACED.test(word[0])) return true;
  }
  return false;
}

// Returns a set of those of `names` that `text` says. What a name has in brackets need not be said.
export function mentionsIn(text, names) {
  const told = unmarked(text);
  const bare = (name) => unmarked(name.split(/[(（]/)[0]);
  return new Set(names.filter((name) => bare(name) && spellings(bare(name)).some((word) => isSaid(told, word))));
}
