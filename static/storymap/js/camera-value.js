// Cameras as the fields hold them. Pure.

const isNumber = (value, most) => typeof value === "number" && Math.abs(value) <= most;

// null without a camera, undefined where the text is none.
export function cameraIn(text) {
  if (!text.trim() || text.trim() === "null") return null;
  try {
    const { center, zoom, bounds } = JSON.parse(text);
    if (center && !bounds && isNumber(center.lat, 90) && isNumber(center.lng, 360) && isNumber(zoom, 22)) return { center, zoom };
    const sides = bounds && !center && [bounds.west, bounds.south, bounds.east, bounds.north];
    if (sides?.every((side) => isNumber(side, 360))) return { bounds };
  } catch {
    // told below
  }
  return undefined;
}

// As precise as the eye at that zoom, and no more.
export function roundedView({ lat, lng }, zoom) {
  const digits = zoom < 8 ? 4 : zoom < 14 ? 5 : 6;
  const turned = lng - 360 * Math.round(lng / 360);
  return { center: { lat: Number(lat.toFixed(digits)), lng: Number(turned.toFixed(digits)) }, zoom: Number(zoom.toFixed(2)) };
}

const ROOM = 0.15; // of the extent is added on each side
const SMALLEST = 0.0025; // degrees round a place

// The extent around the places, going the short way round the antimeridian; null without places.
export function boundsAround(places) {
  if (!places.length) return null;
  const reach = ({ radius }) => Math.max(SMALLEST, radius / 111320);
  const lngs = [...new Set(places.map(({ lng }) => lng - 360 * Math.round(lng / 360)))].sort((a, b) => a - b);
  const gaps = lngs.map((lng, n) => (lngs[n + 1] ?? lngs[0] + 360) - lng);
  const widest = gaps.lastIndexOf(Math.max(...gaps));
  let [west, east] = [lngs[(widest + 1) % lngs.length], lngs[widest]];
  if (west > east && west + east > 0) west -= 360;
  else if (west > east) east += 360;
  const around = Math.max(...places.map(reach));
  const [south, north] = [Math.min(...places.map(({ lat }) => lat)), Math.max(...places.map(({ lat }) => lat))];
  const [high, wide] = [(north - south) * ROOM + around, (east - west) * ROOM + around];
  const tidied = (degrees, most) => Number(Math.max(-most, Math.min(most, degrees)).toFixed(4));
  return { west: tidied(west - wide, 360), south: tidied(south - high, 85), east: tidied(east + wide, 360), north: tidied(north + high, 85) };
}
