// What on the page disagrees with the reader being at this chapter and moment. An empty chapter is the cover.
({ slug, number, of, moment, base, camera }) => {
  const [wrong, at] = [[], (selector) => document.querySelector(selector)];
  const expect = (what, found, wanted) => String(found) === String(wanted) || wrong.push(`${what}: ${found}, not ${wanted}`);
  const title = (chapter) => at(`#title-${chapter}`).textContent;
  const currents = [...document.querySelectorAll("article[aria-current=step]")];
  const read = slug || currents[0]?.dataset.chapter;
  const beside = "(min-width: 60rem), (min-width: 34rem) and (max-height: 30rem)";
  const line = innerHeight * (matchMedia(beside).matches ? 0.5 : 0.66);
  const folded = moment && at(`[id="${moment}"]`).closest("details:not([open])");
  const linking = folded && at(`#chapter-${slug} .narration :is(p, li):has(a[href="#${moment}"])`);
  const part = linking || at(moment ? `[id="${moment}"]` : slug ? `#chapter-${slug}` : "[data-cover]");
  const { top } = part.getBoundingClientRect();
  const { bottom } = (slug && !moment && number === of ? at("footer") : part).getBoundingClientRect();
  expect("current", currents.map((article) => article.dataset.chapter), read);
  expect("position", at("[data-position]").textContent, slug && `${number} / ${of}`);
  expect("title", at("[data-now-title]").textContent, slug && title(read));
  expect("window's title", document.title.startsWith(title(read)), Boolean(slug));
  expect("contents", [...document.querySelectorAll("[data-contents] [aria-current]")].map((link) => link.dataset.go), read);
  expect("progress", at("[data-progress]").value, slug ? number : 0);
  expect("previous", at("a[rel=prev]").ariaDisabled !== "true", Boolean(slug));
  expect("next", at("a[rel=next]").ariaDisabled !== "true", number < of);
  expect("timeline", [...new Set([...document.querySelectorAll(".mark")].map((mark) => mark.dataset.of))], read);
  expect("overview", at(".line.now")?.dataset.of, read);
  if (moment) expect("mark", at(":is(a.mark.here, .mark li a.here)")?.getAttribute("href"), `#${moment}`);
  expect("path", location.pathname, base + (slug && `${slug}/`));
  if (moment) expect("moment", at(".moment.here")?.id, moment);
  if (top > line + 1 || bottom < line - 1) wrong.push(`scrolled: ${top} to ${bottom}, the line being at ${line}`);
  if (!camera) return wrong;

  const { view, center, zoom } = at("[data-map]").dataset;
  expect("view", view.split("#")[0], slug);
  const [lat, lng] = (center ?? "0,0").split(",").map(Number);
  const point = (y, x) => L.CRS.EPSG3857.latLngToPoint(L.latLng(y, x), Number(zoom));
  if (camera.center) {
    const turned = camera.center.lng + 360 * Math.round((lng - camera.center.lng) / 360); // Tokyo is west of Lima, and east
    const off = point(lat, lng).distanceTo(point(camera.center.lat, turned)); // the map rests on whole pixels
    if (off > 1.5 || Math.abs(zoom - camera.zoom) > 0.002) wrong.push(`camera: ${center} ${zoom}`);
    return wrong;
  }
  const { west, south, east, north } = camera.bounds;
  const [middle, one, two] = [point(lat, lng), point(north, west), point(south, east > west ? east : east + 360)];
  const size = { x: at("[data-map]").clientWidth, y: at("[data-map]").clientHeight };
  const world = 256 * 2 ** zoom;
  const turn = world * Math.round((middle.x - (one.x + two.x) / 2) / world);
  const box = [one.x + turn - middle.x, one.y - middle.y, two.x + turn - middle.x, two.y - middle.y];
  const room = [box[0] + size.x / 2, box[1] + size.y / 2, size.x / 2 - box[2], size.y / 2 - box[3]];
  if (Math.min(...room) < 10) wrong.push(`extent off the map: ${room.map(Math.round)}`);
  if (Math.min(room[0] + room[2], room[1] + room[3]) > 120) wrong.push(`extent too small on the map: ${room.map(Math.round)}`);
  return wrong;
}
