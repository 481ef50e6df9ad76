// The author's camera, obeyed exactly; and the way back to it when the reader has moved the map.
import { motionIsWelcome } from "./motion.js";
import { nearLng } from "./place-store.js";

const PADDING = { top: 56, side: 26, bottom: 30 }; // pixels around an extent: a pin stands above its place
const SEEN = { top: 40, side: 16 }; // pixels within the edges: a pin whose tip is there can be seen whole
const SECONDS = 1.5;

function view(map, { center, zoom, bounds }) {
  if (center) return { center: L.latLng(center), zoom };
  const box = L.latLngBounds(bounds);
  const { top, side, bottom } = PADDING;
  const fitting = map.getBoundsZoom(box, false, L.point(2 * side, top + bottom));
  const middle = map.project(box.getNorthWest(), fitting).add(map.project(box.getSouthEast(), fitting)).divideBy(2).subtract([0, (top - bottom) / 2]);
  const shown = map.options.movedOntoPicture?.(middle, fitting, PADDING) ?? middle; // where one is in place of the earth
  return { center: map.unproject(L.point(shown), fitting), zoom: fitting };
}

export function makeCamera(map, backButton) {
  let [own, asked, zooming, cut] = [false, null, false, false];
  const classes = map.getContainer().classList;
  const move = (action) => {
    own = true;
    action();
    own = false;
  };
  const show = (camera, { still = false } = {}) => {
    if (asked) map.stop();
    [asked, cut] = [camera, still];
    backButton.hidden = true;
    if (zooming) return; // by a button or the wheel: until then Leaflet would not even listen
    const { center, zoom } = view(map, camera);
    move(() => {
      if (still || !motionIsWelcome()) map.setView(center, zoom, { animate: false });
      else {
        classes.add("flying");
        map.flyTo(center, zoom, { duration: SECONDS, easeLinearity: 0.2 });
      }
    });
  };
  map.on("zoomanim", () => (zooming = true));
  map.on("zoomend", () => {
    if (!zooming) return;
    zooming = false;
    if (backButton.hidden) show(asked, { still: cut });
  });
  map.on("moveend", () => classes.remove("flying"));
  map.on("movestart", () => {
    if (own || !asked) return;
    backButton.hidden = false;
  });
  backButton.addEventListener("click", () => {
    show(asked);
    map.getContainer().focus({ preventScroll: true });
  });
  new ResizeObserver(() => { // tells its first size, too
    const before = map.getSize();
    move(() => map.invalidateSize({ animate: false, pan: false }));
    if (map.getSize().equals(before)) return;
    if (asked && backButton.hidden) show(asked, { still: true });
  }).observe(map.getContainer());
  // Whether a place would be seen whole by a camera.
  const holds = (camera, { lat, lng }) => {
    const { center, zoom } = view(map, camera);
    const { x, y } = map.project([lat, nearLng(lng, center.lng)], zoom).subtract(map.project(center, zoom)).add(map.getSize().divideBy(2));
    return isWithin(x, y);
  };
  const isWithin = (x, y) => {
    const { x: width, y: height } = map.getSize();
    return x > SEEN.side && x < width - SEEN.side && y > SEEN.top && y < height;
  };
  return {
    show,
    holds,
    // The same view, moved to a place.
    movedTo: (camera, { lat, lng }) => ({ center: [lat, lng], zoom: view(map, camera).zoom }),
    shows: (at) => {
      const { x, y } = map.latLngToContainerPoint(at);
      return isWithin(x, y);
    },
    goTo: (lat, lng) => {
      own = true;
      map[motionIsWelcome() ? "panTo" : "setView"]([lat, lng]);
      own = false;
      backButton.hidden = false;
    },
  };
}
