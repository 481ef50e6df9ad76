// A picture in place of the earth, on the same map: its upper left corner is at 0, 0, and one of its pixels is one pixel
// of the map at zoom 18 (also in storymap/maps/picture.py). Tiles are 512 pixels wide (storymap/stage.py).
import { worldY } from "./outlines.js";
import { fetchJson } from "./resources.js";
import { asHtml } from "./words.js";

const [FULL_ZOOM, PICTURE_TILE] = [18, 512];
const FINER = 1; // levels by which tiles are finer than the map: letters in a drawing stay sharp between two zooms
const BESIDE_PICTURE = 40; // pixels by which the middle of the window may leave the picture
const CLOSEST_PIXELS = FULL_ZOOM + 2; // one pixel of the picture has become sixteen
const PICTURE_WORLD = 256 * 2 ** FULL_ZOOM; // pixels

function halvings({ width, height }) {
  return Math.max(0, Math.ceil(Math.log2(Math.max(width, height) / PICTURE_TILE)));
}

// South-west and north-east corner, in degrees of the plane.
export function pictureBox({ width, height }) {
  const south = (Math.atan(Math.sinh((-2 * Math.PI * height) / PICTURE_WORLD)) * 180) / Math.PI;
  return [[south, 0], [0, (width * 360) / PICTURE_WORLD]];
}

// A point in fractions of width and height as a place of the plane, and back, as exactly as the eye needs.
export function placeAt({ width, height }, [x, y]) {
  const [[south], [, east]] = pictureBox({ width: x * width, height: y * height });
  return { lat: south, lng: east };
}

export function fractionsAt({ width, height }, { lat, lng }) {
  const parts = [(lng * PICTURE_WORLD) / 360 / width, ((worldY(lat) - 0.5) * PICTURE_WORLD) / height];
  return parts.map((part) => Number(Math.min(1, Math.max(0, part)).toFixed(4)));
}

// The stored tile at a column and row of the map's tiles at a zoom, and its size in pixels; null beside the picture.
export function tileAt({ width, height }, { x, y }, zoom) {
  const halved = FULL_ZOOM - zoom;
  const [column, row] = [x, y].map((n) => n - 2 ** (zoom - 2));
  const [wide, high] = [[width, column], [height, row]].map(([pixels, n]) => Math.min(PICTURE_TILE, Math.ceil(pixels / 2 ** halved) - n * PICTURE_TILE));
  if (column < 0 || row < 0 || wide <= 0 || high <= 0) return null;
  return { name: `${halved}-${column}-${row}.webp`, wide, high };
}

// The place on the picture that is nearest to a place of the plane: what stands there when the reader has moved away.
export function nearestOn([[south, west], [north, east]], { lat, lng }) {
  return { lat: Math.min(north, Math.max(south, lat)), lng: Math.min(east, Math.max(west, lng)) };
}

function clamp(n, one, other) {
  return Math.min(Math.max(n, Math.min(one, other)), Math.max(one, other));
}

// The middle of a window, moved so that it shows more of a picture, whose corners are `start` and `end`, and less beside
// it: at most the padding. All in pixels.
export function movedOnto({ x, y }, { start, end, size, padding: { top, side, bottom } }) {
  return {
    x: clamp(x, start.x - side + size.x / 2, end.x + side - size.x / 2),
    y: clamp(y, start.y - top + size.y / 2, end.y + bottom - size.y / 2),
  };
}

function tiledPicture(picture, options) {
  const found = ({ x, y, z }) => tileAt(picture, { x, y }, z + FINER);
  const Tiles = L.TileLayer.extend({
    _isValidTile: found,
    // On a fine screen the level above the zoom, and not the nearest one.
    _setView(centre, zoom, ...how) {
      this.aimedAt = zoom;
      L.TileLayer.prototype._setView.call(this, centre, zoom, ...how);
    },
    _clampZoom(zoom) {
      const wanted = devicePixelRatio > 1 ? Math.max(zoom, Math.ceil(this.aimedAt - 0.1)) : zoom;
      return L.TileLayer.prototype._clampZoom.call(this, wanted);
    },
    getTileUrl: (coords) => picture.tiles + found(coords).name,
    createTile(coords, done) { // those at the edges are smaller, and must not be stretched
      const holder = document.createElement("div");
      const image = L.TileLayer.prototype.createTile.call(this, coords, done);
      const { wide, high } = found(coords);
      Object.assign(image.style, { display: "block", width: `${(wide / PICTURE_TILE) * 100}%`, height: `${(high / PICTURE_TILE) * 100}%` });
      holder.append(image);
      return holder;
    },
  });
  const native = { maxNativeZoom: FULL_ZOOM - FINER, minNativeZoom: FULL_ZOOM - FINER - halvings(picture) };
  return new Tiles("", { ...options, ...native, tileSize: PICTURE_TILE / 2 ** FINER, minZoom: 0, maxZoom: 22, keepBuffer: 1, updateWhenZooming: false });
}

function wholePicture(picture, options) {
  const layer = L.imageOverlay("", pictureBox(picture), options);
  fetchJson(picture.image).then((url) => layer.setUrl(url));
  return layer;
}

export function pictureLayer(picture, options) {
  return picture.image ? wholePicture(picture, options) : tiledPicture(picture, options);
}

// What the chapter's text says of its picture, for everybody: alternative text and credit.
function saidOf(root, slug) {
  const figure = root.querySelector(`article[data-chapter="${slug}"] .chapter-map`);
  return { alt: figure?.querySelector("img").alt, credit: figure?.querySelector("[data-picture-credit]")?.textContent.trim() };
}

// Conducts what the map stands for. `chapters`: by slug, each with its `picture` or none.
export function makePictureStage(map, root, chapters) {
  const element = map.getContainer();
  const earthly = { label: element.getAttribute("aria-label"), maxZoom: map.options.maxZoom, minZoom: map.options.minZoom };
  const keyOf = (picture) => picture?.tiles ?? picture?.image;
  let [picture, layers, waiting] = [null, [], []];

  const limit = () => {
    const box = pictureBox(picture);
    const least = map.getBoundsZoom(box) - 1;
    const [[south], [, east]] = box;
    const movedOntoPicture = (middle, zoom, padding) => movedOnto(middle, { start: map.project([0, 0], zoom), end: map.project([south, east], zoom), size: map.getSize(), padding });
    Object.assign(map.options, { minZoom: Math.max(0, least), maxZoom: CLOSEST_PIXELS, movedOntoPicture });
  };
  const isGround = (layer) => layer instanceof L.GridLayer && !layers.includes(layer);
  // of the earth: also tiles that come later
  map.on("layeradd", ({ layer }) => {
    if (!picture || !isGround(layer)) return;
    map.removeLayer(layer);
    waiting.push(layer);
  });
  map.on("resize", () => picture && limit());
  // whoever has moved the picture out of sight gets it back
  map.on("moveend", () => {
    if (!picture) return;
    const here = map.getCenter();
    const there = L.latLng(nearestOn(pictureBox(picture), here));
    if (map.project(here).distanceTo(map.project(there)) > BESIDE_PICTURE) map.panTo(there, { animate: false });
  });

  const enter = (slug) => {
    const { alt, credit } = saidOf(root, slug);
    const grounds = [];
    map.eachLayer((layer) => isGround(layer) && grounds.push(layer));
    grounds.forEach((layer) => map.removeLayer(layer));
    waiting.push(...grounds);
    const options = { attribution: credit ? asHtml(credit) : "", className: "picture" };
    layers = [pictureLayer(picture, options), L.rectangle(pictureBox(picture), { className: "picture-edge", interactive: false })];
    limit();
    element.setAttribute("aria-label", alt || earthly.label);
  };
  const leave = () => {
    layers.forEach((layer) => map.removeLayer(layer));
    layers = [];
    Object.assign(map.options, { minZoom: earthly.minZoom, maxZoom: earthly.maxZoom, movedOntoPicture: null });
    element.setAttribute("aria-label", earthly.label);
  };
  // Changes what the map stands for, if the chapter wants that; `look` then turns the camera to it. Returns whether it did.
  const stand = (slug, look) => {
    const next = chapters.get(slug).picture ?? null;
    if (keyOf(next) === keyOf(picture)) return false;
    if (map.getZoom() !== undefined) map.stop();
    leave();
    picture = next;
    element.classList.toggle("on-picture", Boolean(picture));
    if (picture) enter(slug);
    const zoom = map.getZoom();
    const { minZoom, maxZoom } = map.options; // what is beyond them Leaflet would fly back to, when it is next stopped
    if (zoom !== undefined) map.setZoom(Math.min(maxZoom, Math.max(minZoom, zoom)), { animate: false });
    look();
    if (picture) layers.forEach((layer) => map.addLayer(layer));
    else waiting.splice(0).forEach((layer) => map.addLayer(layer));
    map.fire("zoomlevelschange");
    return true;
  };
  return { stand, isPicture: () => Boolean(picture) };
}
