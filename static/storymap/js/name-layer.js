// The names of the ground on a canvas above the tiles, written anew when the map has come to rest.
import { ROADS, isDrawn, isMeeting, turnTo, widthOf } from "./ground.js";
import { crossingsOf, letters } from "./lettering.js";
import { mentionsIn } from "./mentions.js";
import { worldX } from "./outlines.js";

const STYLES = { // sizes in pixels where the root's letters have 16
  city: { size: 14, ink: "city-name", weight: 600, from: 7, to: 14 },
  water: { size: 11.5, ink: "water-name", slope: "italic", from: 9 },
  district: { size: 11, ink: "area-name", spacing: 0.22, capitals: true, from: 11 },
  motorway: { size: 12, ink: "street-name", from: 13 },
  main: { size: 12, ink: "street-name", from: 13.5 },
  river: { size: 11.5, ink: "water-name", slope: "italic", spacing: 0.08, from: 11.5 },
  square: { size: 11, ink: "street-name", from: 15 },
  park: { size: 11, ink: "park-name", slope: "italic", from: 15 },
  local: { size: 11, ink: "street-name", from: 15.5 },
  path: { size: 11, ink: "street-name", from: 17 },
};
const ORDER = ["city", "water", "motorway", "main", "district", "river", "square", "local", "park", "path"];
const LONG = { local: 200, path: 100 }; // pixels: a longer one is no more important
const HALO = 2; // pixels on each side
const LEAST = [8, 60_000]; // names in any window, and square pixels for each further one
const MOST = 25;
const TOLD = { weight: 600, ink: "city-name" }; // how a name stands out that the text in hand says
const EARLIER = 1.5; // zooms by which it is named before the others of its kind

// Lengths of words in a style: { width, ends(): [letter, start, end] of each }.
function letterRuler(pen, fontOf) {
  const known = new Map();
  const measured = (text, style) => {
    pen.font = fontOf(style);
    const spacing = (style.spacing ?? 0) * style.size * fontOf.unit;
    const signs = [...text];
    const upTo = (n) => pen.measureText(signs.slice(0, n).join("")).width + n * spacing;
    const ends = () => {
      pen.font = fontOf(style);
      return signs.map((sign, n) => [sign, upTo(n), upTo(n + 1) - spacing]);
    };
    return { width: upTo(signs.length) - spacing, ends };
  };
  return ({ text, kind, told }) => {
    const key = `${kind} ${told} ${text}`;
    if (!known.has(key)) known.set(key, measured(text, styleOf({ kind, told })));
    return known.get(key);
  };
}

function fonts(element) {
  const { fontFamily } = getComputedStyle(element);
  const unit = parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
  const fontOf = ({ size, weight = 400, slope = "normal" }) => `${slope} ${weight} ${size * unit}px ${fontFamily}`;
  return Object.assign(fontOf, { unit });
}

// How a name is written.
function styleOf({ kind, told }) {
  return told ? { ...STYLES[kind], ...TOLD } : STYLES[kind];
}

function centroid({ rings: [{ xy, box }] }) {
  let [x, y, area] = [0, 0, 0];
  for (let i = 0, j = xy.length - 2; i < xy.length; j = i, i += 2) {
    const cross = (xy[j] - box[0]) * (xy[i + 1] - box[1]) - (xy[i] - box[0]) * (xy[j + 1] - box[1]);
    [x, y, area] = [x + (xy[j] + xy[i] - 2 * box[0]) * cross, y + (xy[j + 1] + xy[i + 1] - 2 * box[1]) * cross, area + cross];
  }
  return { x: box[0] + x / (3 * area || 1), y: box[1] + y / (3 * area || 1) };
}

const crossed = new WeakMap(); // line -> where others cross it

function crossingsIn({ lines }, line) {
  if (!crossed.has(line)) crossed.set(line, crossingsOf(line, ["motorway", "main", "local"].flatMap((kind) => lines[kind] ?? [])));
  return crossed.get(line);
}

// How far a line is from a point.
function farFrom({ x, y }, xy) {
  let far = Infinity;
  for (let i = 0; i < xy.length - 2; i += 2) {
    const [dx, dy] = [xy[i + 2] - xy[i], xy[i + 3] - xy[i + 1]];
    const share = Math.max(0, Math.min(1, ((x - xy[i]) * dx + (y - xy[i + 1]) * dy) / (dx * dx + dy * dy || 1)));
    far = Math.min(far, Math.hypot(xy[i] + share * dx - x, xy[i + 1] + share * dy - y));
  }
  return far;
}

// Everything that could be named in the window, the most important first: what the text says, long main roads, and small ones
// near `focus`.
function namesOf(grounds, view, zoom, focus, mentions) {
  const wanted = [];
  const add = (kind, text, importance, more) => wanted.push({ kind, text, importance, told: mentions.has(text), ...more });
  const shown = (kind, name) => zoom >= STYLES[kind].from - (mentions.has(name) ? EARLIER : 0) && zoom <= (STYLES[kind].to ?? 99);
  grounds.forEach((ground, number) => {
    const turn = turnTo(ground.box, view.box) ?? 0;
    const here = [view.box[0] - turn, view.box[1], view.box[2] - turn, view.box[3]];
    const [px, py] = [(x) => (x - here[0]) * view.size, (y) => (y - here[1]) * view.size];
    const without = grounds.slice(number + 1).map(({ box }) => [px(box[0]), py(box[1]), px(box[2]), py(box[3])]);
    for (const { text, kind, rank, x, y } of ground.places) {
      if (shown(kind, text)) add(kind, text, -rank, { x: px(x), y: py(y), without });
    }
    for (const kind of ["motorway", "main", "river", "local", "path"]) {
      for (const line of ground.lines[kind] ?? []) {
        if (!line.name || !shown(kind, line.name) || !isMeeting(line.box, here)) continue;
        const xy = line.xy.map((number, i) => (i % 2 ? py(number) : px(number)));
        const long = Math.hypot((line.box[2] - line.box[0]) * view.size, (line.box[3] - line.box[1]) * view.size);
        add(kind, line.name, Math.min(long, LONG[kind] ?? 2000) - farFrom(focus, xy), { xy, without, crossings: () => crossingsIn(ground, line).map((at) => at * view.size) });
      }
    }
    for (const [areas, kind] of [[ground.areas.water, "water"], [ground.areas.park, "park"], [ground.areas.square, "square"], [ground.areas.block?.filter(({ name }) => mentions.has(name)), "square"]]) {
      for (const area of areas ?? []) {
        const [west, , east] = area.rings[0].box;
        if (!area.name || !shown(kind, area.name) || !isMeeting(area.rings[0].box, here)) continue;
        const { x, y } = centroid(area);
        add(kind, area.name, (east - west) * view.size, { x: px(x), y: py(y), room: (east - west) * view.size, without, rings: area.rings.map(({ xy }) => xy.map((number, i) => (i % 2 ? py(number) : px(number)))) });
      }
    }
  });
  return wanted.sort((a, b) => b.told - a.told || ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || b.importance - a.importance);
}

// Tints the streets and blocks that the text in hand says.
function tint(pen, { kind, xy, rings, without }, zoom, ink, [width, height]) {
  const path = new Path2D();
  for (const line of xy ? [xy] : rings) {
    for (let i = 0; i < line.length; i += 2) path.lineTo(line[i], line[i + 1]);
    if (rings) path.closePath();
  }
  const open = new Path2D();
  open.rect(0, 0, width, height);
  without.forEach(([west, north, east, south]) => open.rect(west, north, east - west, south - north));
  pen.save();
  pen.clip(open, "evenodd");
  [pen.strokeStyle, pen.fillStyle, pen.lineJoin, pen.lineCap] = [ink, ink, "round", "round"];
  const drawn = Math.round(zoom); // whose tiles are seen, larger or smaller
  if (rings) pen.fill(path, "evenodd");
  else if (isDrawn(kind, drawn)) {
    pen.lineWidth = Math.max(2, widthOf(kind, drawn) * 2 ** (zoom - drawn));
    pen.stroke(path);
  }
  pen.restore();
}

function write(pen, { text, kind, told, x, y, angle, letters: signs }, colour, fontOf) {
  const style = styleOf({ kind, told });
  const { ink, spacing = 0, size } = style;
  const parts = signs ?? [{ sign: text, x, y, angle }];
  const each = (drawn) => parts.forEach((part) => {
    pen.save();
    pen.translate(part.x, part.y);
    pen.rotate(part.angle);
    drawn(part.sign);
    pen.restore();
  });
  pen.font = fontOf(style);
  if ("letterSpacing" in pen) pen.letterSpacing = signs ? "0px" : `${spacing * size * fontOf.unit}px`;
  [pen.lineWidth, pen.lineJoin, pen.textAlign, pen.textBaseline] = [2 * HALO, "round", "center", "middle"];
  [pen.strokeStyle, pen.fillStyle] = [colour("land"), colour(ink)];
  each((sign) => pen.strokeText(sign, 0, 0));
  each((sign) => pen.fillText(sign, 0, 0));
}

// Returns { draw(grounds, taken, { focus, text }), isNews(grounds, text) }: `grounds` as the atlas tells them, `taken` boxes in
// pixels that stay free, `focus` the place that is read about, for the streets around it are named first (the middle of the
// window without one), `text` what is being read, whose streets and blocks stand out. Whether these are others than those drawn.
// `onColours(callback)`: when the colours of the page change.
export function addNames(map, colour, onColours) {
  const pane = map.createPane("names");
  pane.setAttribute("aria-hidden", "true");
  const canvas = L.DomUtil.create("canvas", "", pane);
  const pen = canvas.getContext("2d");
  const fontOf = fonts(map.getContainer());
  const ruler = letterRuler(pen, fontOf);
  let stood = { zoom: null, size: [0, 0], names: [], tinted: [] };
  let said = "";
  let known = { text: null, grounds: [], mentions: new Set() }; // a text is searched once for the same streets

  const mentionsOf = (grounds, text) => {
    const isKnown = text === known.text && grounds.length === known.grounds.length && grounds.every((ground, n) => ground === known.grounds[n]);
    if (!isKnown) known = { text, grounds, mentions: mentionsIn(text, grounds.flatMap(({ names }) => names)) };
    return known.mentions;
  };
  const listed = (mentions) => [...mentions].sort().join("\n");
  const paint = ({ zoom, size: [width, height], names, tinted }) => {
    const sharp = Math.min(2, globalThis.devicePixelRatio || 1);
    [canvas.width, canvas.height] = [width * sharp, height * sharp];
    Object.assign(canvas.style, { width: `${width}px`, height: `${height}px` });
    pen.setTransform(sharp, 0, 0, sharp, 0, 0);
    tinted.forEach((shape) => tint(pen, shape, zoom, colour("wash"), [width, height]));
    names.forEach((name) => write(pen, name, colour, fontOf));
    canvas.dataset.names = JSON.stringify(names.map(({ text }) => text));
    canvas.dataset.told = JSON.stringify(names.filter(({ told }) => told).map(({ text }) => text));
  };
  const draw = (grounds, taken, { focus, text: read = "" } = {}) => {
    const [{ x: width, y: height }, zoom] = [map.getSize(), map.getZoom()];
    const size = 256 * 2 ** zoom;
    const corner = map.containerPointToLatLng([0, 0]);
    const start = map.project(corner, zoom);
    const [west, north] = [worldX(corner.lng), start.y / size];
    const box = [west, north, west + width / size, north + height / size];
    const mentions = mentionsOf(grounds, read);
    said = listed(mentions);
    const wanted = namesOf(grounds, { box, size }, zoom, focus ? map.latLngToContainerPoint(focus) : { x: width / 2, y: height / 2 }, mentions);
    const styled = wanted.map((name) => {
      const { size: letter, capitals } = STYLES[name.kind];
      const text = capitals ? name.text.toUpperCase() : name.text;
      return { ...name, text, size: letter * fontOf.unit, ...ruler({ ...name, text }) };
    });
    const before = stood.zoom === zoom ? stood.names.map(({ text, at }) => ({ text, x: (at[0] - west) * size, y: (at[1] - north) * size })) : [];
    const most = Math.min(MOST, LEAST[0] + Math.floor((width * height) / LEAST[1]));
    const names = letters(styled, { taken, width, height, most, before });
    stood = {
      zoom, size: [width, height],
      names: names.map((name) => ({ ...name, at: [west + name.x / size, north + name.y / size] })),
      tinted: wanted.filter(({ told, kind, xy, rings }) => told && (rings || (xy && ROADS.includes(kind)))),
    };
    L.DomUtil.setPosition(canvas, map.containerPointToLayerPoint([0, 0]));
    paint(stood);
    canvas.hidden = false;
  };
  onColours(() => paint(stood));
  map.on("zoomstart", () => (canvas.hidden = true));
  return { draw, isNews: (grounds, text) => listed(mentionsOf(grounds, text)) !== said };
}
