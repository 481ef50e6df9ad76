// What lies under a map of the admin: the atlas, the streets of the story with their names, and over them the tiles for
// editors.
import { addAtlas } from "./atlas-layer.js";
import { addNames } from "./name-layer.js";
import { addTiles } from "./tile-layers.js";
import { learn } from "./words.js";

// Returns { lay(extracts) }: these are drawn from now on.
export function addGround(map, element, { levels, extracts, tiles, words }) {
  learn(words);
  const colour = (name) => getComputedStyle(element).getPropertyValue(`--${name}`).trim();
  const atlas = addAtlas(map, { levels, nears: [], extracts, borders: true, labels: false }, colour);
  const names = addNames(map, colour);
  const name = () => names.draw(atlas.grounds(), []);
  map.on("moveend covered", name);
  atlas.onLoad(name);
  atlas.complete().catch(() => {});
  if (tiles) addTiles(map, tiles, () => {}); // where they fail, the atlas stays
  return { lay: atlas.lay };
}
