// In a close view: where in the world this is. A small map of the surroundings, with a dot where the window is.
import { whenIdle } from "./idle.js";
import { traceLine, traceRing, worldX, worldY } from "./outlines.js";

const INSET_FROM = 11; // zoom from which streets alone do not say where one is
const INSET_ZOOM = 1.4; // 96 pixels are about 51 degrees of longitude
const INSET_SIDE = 96; // pixels, as in map.css
const INSET_WAIT = 500; // milliseconds for which other work goes before it
const [INSET_DOT, INSET_HALO] = [4, 1.5]; // pixels

function paintInset(canvas, { polygons, coast }, { lat, lng }, colour) {
  const [x, y, size] = [worldX(lng), worldY(lat), 256 * 2 ** INSET_ZOOM];
  const half = INSET_SIDE / 2 / size;
  const box = [x - half, y - half, x + half, y + half];
  const scale = Math.min(2, globalThis.devicePixelRatio || 1);
  canvas.width = canvas.height = INSET_SIDE * scale;
  const pen = canvas.getContext("2d");
  pen.scale(scale, scale);
  pen.fillStyle = colour("sea");
  pen.fillRect(0, 0, INSET_SIDE, INSET_SIDE);
  const [land, shore] = [new Path2D(), new Path2D()];
  for (const turn of [-1, 0, 1]) {
    polygons.forEach((rings) => rings.forEach((ring) => traceRing(land, ring, box, size, turn)));
    coast.forEach((line) => traceLine(shore, line, box, size, turn));
  }
  pen.fillStyle = colour("land");
  pen.fill(land, "evenodd");
  pen.strokeStyle = colour("coast");
  pen.stroke(shore);
  pen.beginPath();
  pen.arc(INSET_SIDE / 2, INSET_SIDE / 2, INSET_DOT, 0, 2 * Math.PI);
  [pen.fillStyle, pen.strokeStyle, pen.lineWidth] = [colour("accent"), colour("paper"), INSET_HALO];
  pen.fill();
  pen.stroke();
}

// `world()`: the outlines of the whole world once they are there. Returns how to draw it anew.
export function attachInset(map, canvas, world, colour) {
  let callOff = () => {};
  const draw = () => {
    const onEarth = !map.getContainer().classList.contains("on-picture");
    const outlines = onEarth && map.getZoom() >= INSET_FROM ? world() : null;
    canvas.hidden = !outlines;
    if (outlines) paintInset(canvas, outlines, map.getCenter(), colour);
  };
  const drawSoon = () => {
    callOff();
    callOff = whenIdle(draw, INSET_WAIT);
  };
  map.on("moveend", drawSoon);
  return drawSoon;
}
