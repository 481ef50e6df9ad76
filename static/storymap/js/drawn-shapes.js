// Points, lines and areas that an author has drawn, each as what it is; and which way a journey's leg leads.
import { worldX, worldY } from "./outlines.js";

const SVG_NAMES = "http://www.w3.org/2000/svg";
const CLASSES = { Point: "drawn-point", LineString: "drawn-line", Polygon: "area" };
const MARK = 5; // pixels: a point stays a mark however close the map comes

function partsOf(geometry) {
  return geometry.type === "GeometryCollection" ? geometry.geometries.flatMap(partsOf) : [geometry];
}

// Drawn freely, and not measured: it names no source, or is said to be so.
function isSchematic({ properties }) {
  return properties?.schematic ?? !String(properties?.source ?? "").trim();
}

// Leaflet layers, one for each geometry of the feature, the parts of a collection one by one.
export function drawnShapes(feature, options) {
  return partsOf(feature.geometry).map((geometry) => {
    const kind = CLASSES[geometry.type.replace("Multi", "")];
    const style = { ...options, className: isSchematic(feature) ? `${kind} schematic` : kind };
    const pointToLayer = (_, at) => L.circleMarker(at, { ...style, radius: MARK });
    return L.geoJSON({ type: "Feature", geometry, properties: {} }, { ...options, style, pointToLayer });
  });
}

// A place beyond the middle of the line and the direction there, in degrees clockwise from east on the map.
export function headingOf(line) {
  const n = Math.min(line.length - 2, Math.floor(line.length * 0.6));
  const [[aLng, aLat], [bLng, bLat]] = [line[n], line[n + 1]];
  const degrees = (Math.atan2(worldY(bLat) - worldY(aLat), worldX(bLng) - worldX(aLng)) * 180) / Math.PI;
  const share = line.length === 2 ? 0.66 : 0; // of the only step
  return { lng: aLng + share * (bLng - aLng), lat: aLat + share * (bLat - aLat), degrees };
}

export function arrowhead(degrees) {
  const svg = document.createElementNS(SVG_NAMES, "svg");
  const path = document.createElementNS(SVG_NAMES, "path");
  for (const [name, value] of Object.entries({ viewBox: "-8 -8 16 16", width: 16, height: 16, "aria-hidden": "true", class: "journey-arrow" })) {
    svg.setAttribute(name, value);
  }
  path.setAttribute("d", "M7 0L-5 5L-2.5 0L-5-5Z");
  svg.style.setProperty("--turn", `${degrees}deg`);
  svg.append(path);
  return svg;
}
