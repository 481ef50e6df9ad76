// The basemap that ships: outlines on canvas tiles. While the camera flies, tiles make do with what is there already.
import { fileFor, traceLine, traceRing, unpack } from "./outlines.js";

const TILE = 512;
const MARGIN = 4; // pixels beyond the tile, so that strokes meet

function paintTile(canvas, { x, y, z }, outlines, colours) {
  const across = 2 ** z / (TILE / 256);
  const [dense, size] = [canvas.width / TILE, TILE * across];
  const column = ((x % Math.max(1, across)) + across) % Math.max(1, across);
  const pen = canvas.getContext("2d");
  const box = [column / across - MARGIN / size, y / across - MARGIN / size, 0, 0];
  box[2] = box[0] + (TILE + 2 * MARGIN) / size;
  box[3] = box[1] + (TILE + 2 * MARGIN) / size;
  const each = (outline, draw) => {
    for (let turn = -2; turn <= 2; turn++) {
      const [west, north, east, south] = outline.box;
      if (east + turn >= box[0] && west + turn <= box[2] && south >= box[1] && north <= box[3]) draw(turn);
    }
  };
  pen.setTransform(dense, 0, 0, dense, -MARGIN * dense, -MARGIN * dense);
  pen.fillStyle = colours.sea;
  pen.fillRect(0, 0, TILE + 2 * MARGIN, TILE + 2 * MARGIN);
  pen.beginPath();
  for (const rings of outlines.polygons) {
    each(rings[0], (turn) => rings.forEach((ring) => traceRing(pen, ring, box, size, turn)));
  }
  pen.fillStyle = colours.land;
  pen.fill("evenodd");
  for (const [lines, colour, width] of [[colours.borders ? outlines.border : [], colours.border, 1], [outlines.coast, colours.coast, 1]]) {
    pen.beginPath();
    for (const line of lines) each(line, (turn) => traceLine(pen, line, box, size, turn));
    [pen.strokeStyle, pen.lineWidth, pen.lineJoin] = [colour, width, "round"];
    pen.stroke();
  }
}

// Returns { loaded: promise of the first file, labels(): country labels or [], onLoad(callback) }
export function addAtlas(map, options, colour) {
  const files = new Map(); // address -> promise
  const outlines = new Map(); // address -> outlines
  const tiles = new Map(); // canvas -> coordinates
  const told = [];
  const colours = () => ({ ...Object.fromEntries(["sea", "land", "coast", "border"].map((name) => [name, colour(name)])), borders: options.borders });
  let palette = colours();

  const load = ({ url }) => {
    if (!files.has(url)) {
      files.set(url, fetch(url).then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(`${answer.status} ${url}`)))).then((file) => {
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
    if (found) paintTile(canvas, coords, found, palette);
  };
  const repaint = () => tiles.forEach((coords, canvas) => paint(canvas, coords));
  const complete = () => Promise.all([...tiles.values()].map((coords) => load(wanted(coords))));

  const layer = new (L.GridLayer.extend({
    createTile(coords) {
      const canvas = L.DomUtil.create("canvas");
      canvas.width = canvas.height = TILE * Math.min(2, globalThis.devicePixelRatio || 1);
      tiles.set(canvas, coords);
      paint(canvas, coords);
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
