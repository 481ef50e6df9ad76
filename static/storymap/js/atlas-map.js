// A map of the workshop: the atlas, zoom buttons, a scale. Keys are for whoever opens it.
import { addAtlas } from "./atlas-layer.js";
import { pressBySpace } from "./pressing.js";

export function openAtlasMap(element, levels, words) {
  const map = L.map(element, { zoomControl: false, keyboard: false, inertia: false, worldCopyJump: true }).setView([0, 0], 1);
  map.attributionControl.setPrefix(false);
  pressBySpace(element);
  L.control.zoom({ zoomInTitle: words.zoomIn, zoomOutTitle: words.zoomOut }).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  const colour = (name) => getComputedStyle(element).getPropertyValue(`--${name}`).trim();
  const atlas = addAtlas(map, { levels, nears: [], borders: true, labels: false }, colour);
  atlas.complete().catch(() => {});
  return map;
}
