// What lies under a map of the admin: the atlas, the streets of the story, and over them the tiles for editors.
import { addAtlas } from "./atlas-layer.js";
import { addTiles } from "./overlay.js";

export function addGround(map, element, { levels, extracts, tiles }) {
  const colour = (name) => getComputedStyle(element).getPropertyValue(`--${name}`).trim();
  addAtlas(map, { levels, nears: [], extracts, borders: true, labels: false }, colour).complete().catch(() => {});
  if (tiles) addTiles(map, tiles, () => {}); // where they fail, the atlas stays
}
