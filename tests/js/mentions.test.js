import assert from "node:assert/strict";
import { test } from "node:test";
import { mentionsIn } from "../../static/storymap/js/mentions.js";

const said = (text, ...names) => [...mentionsIn(text, names)];

test("a name is said as whole words, with or without accents", () => {
  const names = ["Jirón Áncash", "Lince", "Calle Uno"];
  assert.deepEqual(said("On Jiron Ancash, near\n Lince.", ...names), ["Jirón Áncash", "Lince"]);
  assert.deepEqual(said("Lincenced in Calle Unos", ...names), []);
});

test("the kind of a street may be written small, a word of its own may not", () => {
  assert.deepEqual(said("En la avenida Larga crecen las flores.", "Avenida Larga", "Las Flores", "Flores"), ["Avenida Larga"]);
});

test("what stands in brackets need not be said", () => {
  assert.deepEqual(said("along the Paseo de la República", "Paseo de la República (Vía Expresa)"), ["Paseo de la República (Vía Expresa)"]);
  assert.deepEqual(said("nothing", "(Norte)"), []);
});

test("a script without spaces has no edges of words", () => {
  assert.deepEqual(said("人々は銀座通りを歩いた。Calle Burgosにて", "銀座通り", "Calle Burgos"), ["銀座通り", "Calle Burgos"]);
});
