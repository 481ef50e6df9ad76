// The map of the place form: a pin that is dragged or nudged, and the circle within which the position is certain.
// `onMove` is told the position, and how many metres a pixel is there.
import { openAtlasMap } from "./atlas-map.js";

const NUDGES = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

export function openPickerMap(element, ground, words, onMove) {
  const map = openAtlasMap(element, ground, words);
  const icon = L.divIcon({ className: "pin", iconSize: null });
  const pin = L.marker([0, 0], { icon, draggable: true, keyboard: false, interactive: true });
  const circle = L.circle([0, 0], { radius: 0, className: "radius", interactive: false });
  const pixelAt = (at) => map.distance(at, map.unproject(map.project(at).add([0, 1]))); // metres
  const told = (at) => onMove([at.lat, at.lng], pixelAt(at));
  pin.on("dragend", () => told(pin.getLatLng()));
  pin.on("drag", () => circle.setLatLng(pin.getLatLng()));
  map.on("click", ({ latlng }) => told(latlng));
  element.addEventListener("keydown", (event) => {
    if (event.key === "+" || event.key === "-") return void map.setZoom(map.getZoom() + (event.key === "+" ? 1 : -1));
    const step = NUDGES[event.key];
    if (!step || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const pixels = L.point(step).multiplyBy(event.shiftKey ? 10 : 1);
    told(map.unproject(map.project(map.hasLayer(pin) ? pin.getLatLng() : map.getCenter()).add(pixels)));
  });
  return {
    show: (at, radius, near) => {
      pin.setLatLng(at).addTo(map);
      circle.setLatLng(at).setRadius(radius).addTo(map);
      if (near) map.setView(at, Math.max(map.getZoom(), near), { animate: false });
      else if (!map.getBounds().contains(at)) map.panTo(at, { animate: false });
    },
    hide: () => [pin, circle].forEach((layer) => layer.remove()),
  };
}
