// Places, journeys and areas as the server gives them, by name and by chapter.
import { fetchJson } from "./resources.js";

export const COVER = ""; // in place of a chapter's name: all places and journeys of the story
const LEAST_LEG = 30; // a leg that is shorter than this part of the whole story's extent would be a mere point on the cover

function extentOf(points) {
  const along = (axis) => points.map((point) => point[axis]);
  return Math.max(...[0, 1].map((axis) => Math.max(...along(axis)) - Math.min(...along(axis))));
}

export async function fetchPlaces(url) {
  return sortPlaces(await fetchJson(url));
}

export function sortPlaces({ features }) {
  const [places, drawn] = [new Map(), new Map()];
  for (const feature of features) {
    const { kind, slug, chapter } = feature.properties;
    if (kind === "place" || kind === "spot") { // on the earth, or on a chapter's picture
      const [lng, lat] = feature.geometry.coordinates;
      places.set(slug, { ...feature.properties, lat, lng });
    } else {
      if (!drawn.has(chapter)) drawn.set(chapter, []);
      drawn.get(chapter).push(feature);
    }
  }
  const legs = [...drawn.values()].flat().filter(({ properties }) => properties.kind === "leg");
  const far = extentOf([...places.values()].map(({ lng, lat }) => [lng, lat])) / LEAST_LEG;
  const journeys = legs.filter(({ geometry }) => extentOf(geometry.coordinates.flat(geometry.type === "LineString" ? 0 : 1)) > far);
  return { places, drawnIn: (chapter) => (chapter === COVER ? journeys : drawn.get(chapter) ?? []) };
}

// The way round the globe that lies nearest to the view: 179° west is 181° east for a view of the Pacific.
export function nearLng(lng, centre) {
  return lng - 360 * Math.round((lng - centre) / 360);
}
