// The basemap that ships: outlines on canvas tiles. While the camera flies, tiles make do with what is there already.
import { citiesToName } from "./cities.js";
import { covers, extractsIn, fileFor, holds, traceLine, traceRing, unpack, worldX, worldY } from "./outlines.js";
import { late } from "./late.js";
import { fetchJson } from "./resources.js";
import { asHtml, say } from "./words.js";

const TILE = 512;
const OVERLAP = 1; // pixels by which a tile reaches into the next: between whole zooms its edges are half transparent
const SIDE = TILE + OVERLAP; // pixels of a canvas
const MARGIN = 4; // pixels beyond the tile, so that strokes meet
const COLOURS = [ // of the ground, as custom properties of the style
  "land", "sea", "coast", "border", "shore", "park", "built", "built-edge", "street", "street-edge", "avenue", "avenue-edge",
  "motorway", "motorway-edge", "rail",
];
const MOST_ENLARGED = 5; // zooms: in a flight, tiles that were drawn for a wider view than that are blots
const COARSEST = 64; // pixels of a step: of a file that is so coarse no coast is drawn while the right one is on its way
const AT_ONCE = 2; // tiles painted in one frame: handing more to the screen would hold up what the reader does

let streetKit = null; // what draws basemap extracts (streets.js), once one is wanted
const bringStreetKit = late(() => import("./streets.js").then(({ streets }) => (streetKit = streets)));

// The part of the world that a tile shows with pixels beyond its edges, and the pixels of the whole world.
function frameOf({ x, y, z }, beyond) {
  const across = 2 ** z / (TILE / 256);
  const size = TILE * across;
  const column = ((x % Math.max(1, across)) + across) % Math.max(1, across);
  const [west, north] = [column / across - beyond / size, y / across - beyond / size];
  const wide = (beyond ? SIDE + 2 * beyond : TILE) / size;
  return { box: [west, north, west + wide, north + wide], size };
}

// `isPlain`: without coast and borders. `always`: also where all is one colour, since streets are drawn over it.
function paintAtlas(canvas, { box, size }, { outlines, isPlain, colours }, always) {
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
  const lines = !isPlain && [traced(colours.borders ? outlines.border : [], border), traced(outlines.coast, coast)].includes(true);
  if (!lines) { // all land or all sea
    const isLand = (isPlain && always) || covers(outlines.polygons, (box[0] + box[2]) / 2, (box[1] + box[3]) / 2);
    const ink = isLand ? colours.land : colours.sea;
    if (!always) canvas.style.backgroundColor = ink;
    else fillAll(penOn(canvas, MARGIN), ink);
    return;
  }
  const land = new Path2D();
  for (const rings of outlines.polygons) {
    each(rings[0], (turn) => rings.forEach((ring) => traceRing(land, ring, box, size, turn)));
  }
  const pen = penOn(canvas, MARGIN);
  fillAll(pen, colours.sea);
  pen.fillStyle = colours.land;
  pen.fill(land, "evenodd");
  [pen.lineWidth, pen.lineJoin] = [1, "round"];
  for (const [path, colour] of [[border, colours.border], [coast, colours.coast]]) {
    pen.strokeStyle = colour;
    pen.stroke(path);
  }
}

function penOn(canvas, beyond) {
  const pixels = Math.round(SIDE * Math.min(2, globalThis.devicePixelRatio || 1));
  if (canvas.width !== pixels) canvas.width = canvas.height = pixels;
  const pen = canvas.getContext("2d");
  pen.setTransform(pixels / SIDE, 0, 0, pixels / SIDE, (-beyond * pixels) / SIDE, (-beyond * pixels) / SIDE);
  return pen;
}

function fillAll(pen, ink) {
  pen.fillStyle = ink;
  pen.fillRect(0, 0, SIDE + 2 * MARGIN, SIDE + 2 * MARGIN);
}

// `grounds`: the basemap extracts that show in the tile, the finer ones later. What one of them covers needs no other.
function paintTile(canvas, coords, { grounds, ...under }) {
  canvas.width = canvas.height = 1;
  canvas.style.backgroundColor = "";
  const whole = grounds.findLastIndex(({ bounds }) => holds(bounds, frameOf(coords, 0).box));
  if (whole < 0) paintAtlas(canvas, frameOf(coords, MARGIN), under, grounds.length > 0);
  if (!grounds.length) return;
  const { REACH, paintGround, turnTo } = streetKit;
  const { box, size } = frameOf(coords, REACH);
  for (const ground of grounds.slice(Math.max(0, whole))) {
    paintGround(penOn(canvas, REACH), ground, { box, size, zoom: coords.z, turn: turnTo(ground.box, box) ?? 0, colours: under.colours });
  }
}

const painted = new WeakMap(); // canvas -> [outlines, whether they are plain, colours, ground ...]

function isPainted(canvas, how) {
  const before = painted.get(canvas);
  return before?.length === how.length && before.every((part, n) => part === how[n]);
}

// `twins()`: the tiles that show the same part of the world, for a wide window sees it more than once.
function paintOnce(canvas, coords, what, twins) {
  const how = [what.outlines, what.isPlain, what.colours, ...what.grounds];
  if (isPainted(canvas, how)) return;
  const twin = twins().find((other) => isPainted(other, how));
  painted.set(canvas, how);
  if (twin) copyTile(canvas, twin);
  else paintTile(canvas, coords, what);
}

function copyTile(canvas, twin) {
  [canvas.width, canvas.height, canvas.style.backgroundColor] = [twin.width, twin.height, twin.style.backgroundColor];
  canvas.getContext("2d").drawImage(twin, 0, 0);
}

function inTurn(work) {
  const waiting = [];
  const some = () => {
    waiting.splice(0, AT_ONCE).forEach((item) => work(item));
    if (waiting.length) requestAnimationFrame(some);
  };
  return (item) => waiting.push(item) === 1 && requestAnimationFrame(some);
}

// Calls back when the reader's system turns dark or light, or forces its colours.
export function onColours(callback) {
  for (const query of ["(prefers-color-scheme: dark)", "(forced-colors: active)"]) matchMedia(query).addEventListener("change", callback);
}

// Who drew what is seen, and only then: what an extract covers is not the atlas's, and behind a picture nothing is seen.
function makeCredits(map) {
  let shown = [];
  return (box, grounds, hasCities) => {
    const isHidden = map.getContainer().classList.contains("on-picture");
    const own = isHidden || grounds.some(({ bounds }) => holds(bounds, box)) ? [] : ["Natural Earth"];
    if (hasCities) own.push("GeoNames (CC BY 4.0)");
    const ofGrounds = grounds.length ? streetKit.creditsOf(grounds.map(({ credit }) => credit), say) : [];
    const wanted = [...own, ...ofGrounds.map(asHtml)];
    shown.filter((credit) => !wanted.includes(credit)).forEach((credit) => map.attributionControl.removeAttribution(credit));
    wanted.filter((credit) => !shown.includes(credit)).forEach((credit) => map.attributionControl.addAttribution(credit));
    shown = wanted;
  };
}

// Returns { complete(): promise of what is in sight, world(): promise of the widest file, worldOutlines(): what is in it, once
// it is there, labels(): country labels or [],
// cities(): those to be named in the window, the largest first, grounds(): the basemap extracts drawn in the window, the finer
// ones later, streets(): what draws them (streets.js), null until one of them is wanted, lay(extracts): draws these from now on,
// onLoad(callback) }
export function addAtlas(map, options, colour) {
  const inOrder = (given = []) => [...given].sort((a, b) => a.minZoom - b.minZoom);
  let extracts = inOrder(options.extracts);
  const files = new Map(); // address -> promise
  const outlines = new Map(); // address -> outlines
  const grounds = new Map(); // address -> basemap extract
  const tiles = new Map(); // canvas -> coordinates
  let drawnFor = 0; // zoom of the newest tiles
  const hideBlots = () => map.getContainer().classList.toggle("blurred", map.getZoom() - drawnFor > MOST_ENLARGED);
  const told = [];
  const colours = () => ({ ...Object.fromEntries(COLOURS.map((name) => [name, colour(name)])), borders: options.borders });
  let palette = colours();

  const load = ({ url }, keep = (file) => outlines.set(url, unpack(file))) => {
    if (!files.has(url)) {
      files.set(url, fetchJson(url).then(async (file) => {
        await keep(file);
        repaint();
        told.forEach((callback) => callback());
      }));
      files.get(url).catch(() => files.delete(url)); // asked for again at the next movement
    }
    return files.get(url);
  };
  // without its streets a map is still a map
  const loadGround = (extract) => {
    const drawing = bringStreetKit(); // meanwhile
    return load(extract, async (file) => grounds.set(extract.url, (await drawing).unpackGround(file))).catch(() => {});
  };
  const wanted = (coords) => fileFor(options, coords.z, frameOf(coords, 0).box);
  const extractsOf = (coords) => extractsIn(extracts, coords.z, frameOf(coords, 0).box);
  const twinsOf = ({ x, y, z }) => {
    const across = Math.max(1, 2 ** z / (TILE / 256));
    return [...tiles].filter(([, at]) => at.z === z && at.y === y && (at.x - x) % across === 0).map(([canvas]) => canvas);
  };
  const finest = () => options.levels.map((level) => outlines.get(level.url)).filter(Boolean).at(-1);
  const paint = (canvas, coords) => {
    const ideal = outlines.get(wanted(coords).url);
    const under = ideal ?? finest();
    const isPlain = !ideal && (256 * 2 ** coords.z) / under?.scale > COARSEST;
    const over = extractsOf(coords).map(({ url }) => grounds.get(url)).filter(Boolean);
    if (!under && !over.some(({ bounds }) => holds(bounds, frameOf(coords, 0).box))) return;
    paintOnce(canvas, coords, { outlines: under, isPlain, colours: palette, grounds: over }, () => twinsOf(coords));
  };
  const paintSoon = inTurn((canvas) => tiles.has(canvas) && paint(canvas, tiles.get(canvas)));
  const repaint = () => tiles.forEach((coords, canvas) => paint(canvas, coords));
  const complete = () => Promise.all([...tiles.values()].map((coords) => {
    const over = extractsOf(coords);
    const whole = over.find(({ bounds }) => holds(bounds, frameOf(coords, 0).box));
    const all = Promise.all([...over.map(loadGround), ...(whole ? [] : [load(wanted(coords))])]);
    return all.then(() => whole && !grounds.has(whole.url) && load(wanted(coords)));
  }));

  const layer = new (L.GridLayer.extend({
    createTile(coords) {
      const canvas = L.DomUtil.create("canvas");
      canvas.width = canvas.height = 1;
      drawnFor = coords.z;
      hideBlots();
      tiles.set(canvas, coords);
      paintSoon(canvas);
      return canvas;
    },
    _initTile(canvas) { // Leaflet gives every tile the size of its place
      L.GridLayer.prototype._initTile.call(this, canvas);
      Object.assign(canvas.style, { width: `${SIDE}px`, height: `${SIDE}px` });
    },
  }))({ tileSize: TILE, zoomOffset: 0, updateWhenZooming: false, keepBuffer: 1, maxZoom: 22, className: "atlas" });
  layer.on("tileunload", ({ tile }) => tiles.delete(tile));
  layer.addTo(map);
  const window = () => {
    const [{ lng: west, lat: north }, { lng: east, lat: south }] = [map.getBounds().getNorthWest(), map.getBounds().getSouthEast()];
    return [worldX(west), worldY(north), worldX(east), worldY(south)];
  };
  const isCovered = () => ["has-tiles", "on-picture"].some((name) => map.getContainer().classList.contains(name));
  const seen = () => {
    if (isCovered()) return [];
    return extractsIn(extracts, Math.round(map.getZoom()), window()).map(({ url }) => grounds.get(url)).filter(Boolean);
  };
  const credits = makeCredits(map);
  const cities = () => {
    if (!options.labels || isCovered()) return [];
    return citiesToName(options.nears.flatMap(({ url }) => outlines.get(url)?.cities ?? []), map.getZoom(), window(), seen());
  };
  const credit = () => credits(window(), seen(), cities().length > 0);
  map.on("zoom", hideBlots);
  map.on("moveend covered", credit);
  told.push(credit);
  map.on("moveend", () => complete().catch(() => {}));
  onColours(() => {
    palette = colours();
    repaint();
  });
  return {
    complete,
    world: () => load(options.levels[0]),
    worldOutlines: () => outlines.get(options.levels[0].url),
    labels: () => {
      if (!options.labels) return [];
      const files = [...options.nears.map(({ url }) => outlines.get(url)), finest()];
      return [...new Map(files.flatMap((file) => file?.labels ?? []).map((label) => [label.name, label])).values()];
    },
    cities,
    grounds: seen,
    streets: () => streetKit,
    lay: (given) => {
      extracts = inOrder(given);
      repaint();
      complete().catch(() => {});
    },
    onLoad: (callback) => told.push(callback),
  };
}
