// Places, journeys and areas as the server gives them, by name and by chapter.
import { fetchJson } from "./resources.js";

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
  return { places, drawnIn: (chapter) => drawn.get(chapter) ?? [] };
}

// The way round the globe that lies nearest to the view: 179° west is 181° east for a view of the Pacific.
export function nearLng(lng, centre) {
  return lng - 360 * Math.round((lng - centre) / 360);
}
