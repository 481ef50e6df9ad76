// The basemap that ships: outlines on canvas tiles. While the camera flies, tiles make do with what is there already.
import { covers, fileFor, traceLine, traceRing, unpack } from "./outlines.js";
import { fetchJson } from "./resources.js";

const TILE = 512;
const MARGIN = 4; // pixels beyond the tile, so that strokes meet
const AT_ONCE = 2; // tiles painted in one frame: handing more to the screen would hold up what the reader does

function paintTile(canvas, { x, y, z }, outlines, colours) {
  const across = 2 ** z / (TILE / 256);
  const [pixels, size] = [TILE * Math.min(2, globalThis.devicePixelRatio || 1), TILE * across];
  const column = ((x % Math.max(1, across)) + across) % Math.max(1, across);
  const box = [column / across - MARGIN / size, y / across - MARGIN / size, 0, 0];
  box[2] = box[0] + (TILE + 2 * MARGIN) / size;
  box[3] = box[1] + (TILE + 2 * MARGIN) / size;
  const each = (outline, draw) => {
    for (let turn = -2; turn <= 2; turn++) {
      const [west, north, east, south] = outline.box;
      if (east + turn >= box[0] && west + turn <= box[2] && south >= box[1] && north <= box[3]) draw(turn);
    }
  };
  const [border, coast] = [new Path2D(), new Path2D()];
  const traced = (lines, path) => {
    let seen = false;
    for (const line of lines) each(line, (turn) => (seen = traceLine(path, line, box, size, turn) || seen));
    return seen;
  };
  const lines = [traced(colours.borders ? outlines.border : [], border), traced(outlines.coast, coast)].includes(true);
  canvas.width = canvas.height = lines ? pixels : 1;
  canvas.style.backgroundColor = "";
  if (!lines) { // all land or all sea
    canvas.style.backgroundColor = covers(outlines.polygons, (box[0] + box[2]) / 2, (box[1] + box[3]) / 2) ? colours.land : colours.sea;
    return;
  }
  const land = new Path2D();
  for (const rings of outlines.polygons) {
    each(rings[0], (turn) => rings.forEach((ring) => traceRing(land, ring, box, size, turn)));
  }
  const pen = canvas.getContext("2d");
  pen.setTransform(pixels / TILE, 0, 0, pixels / TILE, (-MARGIN * pixels) / TILE, (-MARGIN * pixels) / TILE);
  pen.fillStyle = colours.sea;
  pen.fillRect(0, 0, TILE + 2 * MARGIN, TILE + 2 * MARGIN);
  pen.fillStyle = colours.land;
  pen.fill(land, "evenodd");
  [pen.lineWidth, pen.lineJoin] = [1, "round"];
  for (const [path, colour] of [[border, colours.border], [coast, colours.coast]]) {
    pen.strokeStyle = colour;
    pen.stroke(path);
  }
}

const painted = new WeakMap(); // canvas -> [outlines, colours]

function paintOnce(canvas, coords, ...how) {
  if (painted.get(canvas)?.every((part, n) => part === how[n])) return;
  painted.set(canvas, how);
  paintTile(canvas, coords, ...how);
}

function inTurn(work) {
  const waiting = [];
  const some = () => {
    waiting.splice(0, AT_ONCE).forEach((item) => work(item));
    if (waiting.length) requestAnimationFrame(some);
  };
  return (item) => waiting.push(item) === 1 && requestAnimationFrame(some);
}

// Returns { complete(): promise of what is in sight, world(): promise of the widest file, labels(): country labels or [], onLoad(callback) }
export function addAtlas(map, options, colour) {
  const files = new Map(); // address -> promise
  const outlines = new Map(); // address -> outlines
  const tiles = new Map(); // canvas -> coordinates
  const told = [];
  const colours = () => ({ ...Object.fromEntries(["sea", "land", "coast", "border"].map((name) => [name, colour(name)])), borders: options.borders });
  let palette = colours();

  const load = ({ url }) => {
    if (!files.has(url)) {
      files.set(url, fetchJson(url).then((file) => {
        outlines.set(url, unpack(file));
        repaint();
        told.forEach((callback) => callback());
      }));
      files.get(url).catch(() => files.delete(url)); // asked for again at the next movement
    }
    return files.get(url);
  };
  const boxOf = ({ x, y, z }) => [x, y, x + 1, y + 1].map((n) => (n * TILE) / 256 / 2 ** z);
  const wanted = (coords) => fileFor(options, coords.z, boxOf(coords));
  const best = (coords) => {
    const ideal = outlines.get(wanted(coords).url);
    return ideal ?? options.levels.map((level) => outlines.get(level.url)).filter(Boolean).at(-1);
  };
  const paint = (canvas, coords) => {
    const found = best(coords);
    if (found) paintOnce(canvas, coords, found, palette);
  };
  const paintSoon = inTurn((canvas) => tiles.has(canvas) && paint(canvas, tiles.get(canvas)));
  const repaint = () => tiles.forEach((coords, canvas) => paint(canvas, coords));
  const complete = () => Promise.all([...tiles.values()].map((coords) => load(wanted(coords))));

  const layer = new (L.GridLayer.extend({
    createTile(coords) {
      const canvas = L.DomUtil.create("canvas");
      canvas.width = canvas.height = 1;
      tiles.set(canvas, coords);
      paintSoon(canvas);
      return canvas;
    },
  }))({ tileSize: TILE, zoomOffset: 0, updateWhenZooming: false, keepBuffer: 1, maxZoom: 22, className: "atlas", attribution: "Natural Earth" });
  layer.on("tileunload", ({ tile }) => tiles.delete(tile));
  layer.addTo(map);
  map.on("moveend", () => complete().catch(() => {}));
  const scheme = matchMedia("(prefers-color-scheme: dark)");
  for (const query of [scheme, matchMedia("(forced-colors: active)")]) {
    query.addEventListener("change", () => {
      palette = colours();
      repaint();
    });
  }
  return {
    complete,
    world: () => load(options.levels[0]),
    labels: () => (options.labels && options.levels.map((level) => outlines.get(level.url)).find(Boolean)?.labels) || [],
    onLoad: (callback) => told.push(callback),
  };
}
