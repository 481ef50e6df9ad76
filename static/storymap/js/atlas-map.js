// A map of the workshop: the atlas, zoom buttons, a scale. Keys are for whoever opens it.
import { pressBySpace } from "./pressing.js";
import { addGround } from "./workshop-ground.js";

export function openAtlasMap(element, ground, words) {
  const map = L.map(element, { zoomControl: false, keyboard: false, inertia: false, worldCopyJump: true }).setView([0, 0], 1);
  map.attributionControl.setPrefix(false);
  pressBySpace(element);
  L.control.zoom({ zoomInTitle: words.zoomIn, zoomOutTitle: words.zoomOut }).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  addGround(map, element, ground);
  return map;
}
