// What lies under a map of the admin: the atlas, the streets of the story with their names, and over them the tiles for
// editors.
import { addAtlas, onColours } from "./atlas-layer.js";
import { addTiles } from "./tile-layers.js";
import { learn } from "./words.js";

// What names keep off: pins, and what stands in the corners. In pixels of the map.
function boxesOver(element) {
  const { left, top } = element.getBoundingClientRect();
  const parts = [...element.querySelectorAll(".leaflet-marker-icon, .leaflet-marker-icon > *, .leaflet-control")];
  return parts.map((part) => part.getBoundingClientRect()).filter(({ width }) => width).map((box) => [box.left - left, box.top - top, box.right - left, box.bottom - top]);
}

// Returns { lay(extracts) }: these are drawn from now on.
export function addGround(map, element, { levels, extracts, tiles, words }) {
  learn(words);
  const colour = (name) => getComputedStyle(element).getPropertyValue(`--${name}`).trim();
  const atlas = addAtlas(map, { levels, nears: [], extracts, borders: true, labels: false }, colour);
  let names = null;
  const name = () => {
    names ??= atlas.streets()?.addNames(map, colour, onColours);
    names?.draw(atlas.grounds(), boxesOver(element));
  };
  let asked = 0;
  const nameSoon = () => { // once for all pins that come, move or go together
    cancelAnimationFrame(asked);
    asked = requestAnimationFrame(name);
  };
  map.on("moveend covered", name).on("layeradd layerremove", ({ type, layer }) => {
    if (!(layer instanceof L.Marker)) return;
    layer[type === "layeradd" ? "on" : "off"]("move", nameSoon);
    nameSoon();
  });
  atlas.onLoad(name);
  atlas.complete().catch(() => {});
  if (tiles) addTiles(map, tiles, () => {}); // where they fail, the atlas stays
  return { lay: atlas.lay };
}
