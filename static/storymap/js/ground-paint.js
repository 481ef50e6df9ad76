// Paints what lies on a canvas tile of a basemap extract: water, parks, buildings, roads with their edges.
import { ROADS, isDrawn, isMeeting, widthOf } from "./ground.js";
import { traceLine, traceRing } from "./outlines.js";

export const REACH = 36; // pixels beyond the tile from which a broad road still shows
const CASING = 1; // pixels of a road's edge on each side
const CASED = 2.6; // pixels: a road that is narrower has no room for edges, and is a line of their colour
const SLEEPERS_FROM = 15;
const INKS = {
  local: ["street", "street-edge"], path: ["street", null], main: ["avenue", "avenue-edge"], motorway: ["motorway", "motorway-edge"],
};

// `box`: the part of the world that the pen's canvas shows from its upper left corner on; `size`: pixels of the whole world.
export function paintGround(pen, { box: own, areas, lines, shores }, { box, size, zoom, turn, colours }) {
  const here = [box[0] - turn, box[1], box[2] - turn, box[3]]; // the file's own numbers
  const seen = (things = []) => things.filter((thing) => isMeeting(thing.box ?? thing.rings[0].box, here));
  const ringsOf = (found) => {
    const path = new Path2D();
    found.forEach(({ rings }) => rings.forEach((ring) => traceRing(path, ring, box, size, turn)));
    return path;
  };
  // one path each: a browser without a graphics processor takes four times as long for all in one, which cross each other
  const linesOf = (found) => found.flatMap((line) => {
    const path = new Path2D();
    return traceLine(path, line, box, size, turn) ? [path] : [];
  });
  const fill = (kind, ink) => {
    pen.fillStyle = colours[ink];
    for (const area of seen(areas[kind])) pen.fill(ringsOf([area]), "evenodd");
  };
  const stroke = (paths, ink, width, dash = []) => {
    if (!ink) return;
    [pen.strokeStyle, pen.lineWidth] = [colours[ink], width];
    pen.setLineDash(dash);
    paths.forEach((path) => pen.stroke(path));
  };

  const [x, y] = [(own[0] + turn - box[0]) * size, (own[1] - box[1]) * size];
  pen.save();
  pen.beginPath();
  pen.rect(x, y, (own[2] - own[0]) * size, (own[3] - own[1]) * size);
  pen.clip();
  pen.fillStyle = colours.land;
  pen.fill();
  [pen.lineJoin, pen.lineCap] = ["round", "round"];
  if (isDrawn("block", zoom)) fill("block", "built");
  fill("park", "park");
  const rivers = linesOf(seen(lines.river));
  stroke(rivers, "shore", widthOf("river", zoom) + 1.5);
  stroke(rivers, "sea", widthOf("river", zoom));
  fill("sea", "sea");
  fill("water", "sea");
  stroke(linesOf(seen(shores)), "shore", 1);
  if (isDrawn("square", zoom)) {
    stroke([ringsOf(seen(areas.square))], "street-edge", 1.5);
    fill("square", "street");
  }
  if (isDrawn("building", zoom)) {
    const path = ringsOf(seen(areas.building));
    pen.fillStyle = colours.built;
    pen.fill(path, "evenodd");
    stroke([path], "built-edge", 0.75);
  }
  if (isDrawn("rail", zoom)) {
    const rails = linesOf(seen(lines.rail));
    stroke(rails, "rail", widthOf("rail", zoom));
    pen.lineCap = "butt";
    if (zoom >= SLEEPERS_FROM) stroke(rails, "rail", 5, [1, 8]);
    pen.lineCap = "round";
  }
  const roads = ROADS.filter((kind) => isDrawn(kind, zoom)).map((kind) => ({ kind, paths: linesOf(seen(lines[kind])), width: widthOf(kind, zoom) }));
  const isBroad = ({ kind, width }) => width >= CASED || !INKS[kind][1];
  roads.filter(isBroad).forEach(({ kind, paths, width }) => stroke(paths, INKS[kind][1], width + 2 * CASING));
  for (const road of roads) stroke(road.paths, INKS[road.kind][isBroad(road) ? 0 : 1], isBroad(road) ? road.width : 0.8 * road.width);
  pen.restore();
}
