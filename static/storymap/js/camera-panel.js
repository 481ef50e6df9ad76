// The map of the chapter form with its buttons: whose camera, use this view, show all places, none, undo.
import { postForm } from "./asking.js";
import { boundsAround, cameraIn, roundedView } from "./camera-value.js";
import { openChapterMap } from "./chapter-map.js";
import { create } from "./create.js";

function buildPanel(words) {
  const button = (name) => create("button", { type: "button", className: name, textContent: words[name] });
  const parts = {
    which: create("select", {}),
    use: button("use"), all: button("all"), none: button("none"), undo: button("undo"), streets: button("streets"),
    status: create("p", { role: "status" }),
    map: create("div", { className: "map", role: "application", ariaLabel: words.map }),
    list: create("ol", { className: "map-places" }),
  };
  const { which, use, all, none, undo, streets, status, map, list } = parts;
  const asking = create("div", { className: "asking" }, create("label", {}, words.which, which), use, all, none, undo, streets);
  const hint = create("p", { className: "help", textContent: words.frame });
  const heading = create("h2", { textContent: words.heading, className: "fieldset-heading" });
  const whole = create("section", { className: "module chapter-map place-picker", ariaLabel: words.heading }, heading, create("div", { className: "chapter-map-body" }, asking, status, map, hint, list));
  return { ...parts, whole };
}

function placesOf(moments) {
  const found = new Map();
  moments.forEach(({ facts }) => facts?.places.forEach((place) => found.has(place.slug) || found.set(place.slug, place)));
  return [...found.values()];
}

// `moments()` as moment-rows tells them. Returns { refresh(), places(), overlay(geojson) }.
export function openCameraPanel(chapterField, { ground, words, beyond, streets }, moments) {
  const parts = buildPanel(words);
  const fieldset = document.querySelector("#id_overlay").closest("fieldset");
  fieldset.before(parts.whole);
  const map = openChapterMap(parts.map, ground, words);
  const past = []; // [field, former value]
  let fields = [chapterField];
  const field = () => fields[parts.which.selectedIndex] ?? chapterField;
  const places = () => placesOf(moments());
  const allPlaces = () => {
    const bounds = boundsAround([...places(), ...beyond]);
    return bounds && { bounds };
  };
  const shown = () => cameraIn(field().value) ?? (field() === chapterField ? null : cameraIn(chapterField.value)) ?? allPlaces();
  const show = () => {
    const camera = cameraIn(field().value);
    map.go(shown());
    map.frame(camera ?? null);
    map.places(places()); // round the new middle
    parts.undo.disabled = !past.length;
    if (camera === undefined) parts.status.textContent = words.wrong;
  };
  const write = (target, text) => {
    target.value = text;
    target.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const set = (camera, said) => {
    past.push([field(), field().value]);
    write(field(), camera ? JSON.stringify(camera) : "");
    parts.status.textContent = said;
    show();
  };
  parts.use.addEventListener("click", () => {
    const { at, zoom } = map.view();
    const camera = roundedView(at, zoom);
    set(camera, words.used.replace("{at}", `${camera.center.lat}, ${camera.center.lng}`).replace("{zoom}", camera.zoom));
  });
  parts.all.addEventListener("click", () => {
    if (allPlaces()) set(allPlaces(), words.shown);
    else parts.status.textContent = words.nowhere;
  });
  parts.none.addEventListener("click", () => {
    const instead = field() === chapterField ? words.insteadChapter : words.insteadMoment;
    set(null, words.cleared.replace("{instead}", instead));
  });
  parts.undo.addEventListener("click", () => {
    const [target, text] = past.pop();
    write(target, text);
    parts.which.selectedIndex = Math.max(0, fields.indexOf(target));
    parts.status.textContent = words.undone;
    show();
  });
  parts.streets.hidden = !streets;
  parts.streets.addEventListener("click", async () => {
    const { at, zoom } = map.view();
    parts.streets.disabled = true;
    parts.status.textContent = words.cutting;
    const asked = { lat: at.lat, lng: at.lng, zoom, name: streets.name };
    const { said, problem, extracts } = await postForm(chapterField.form, streets.address, Object.entries(asked)).catch(() => ({ problem: words.uncut }));
    parts.status.textContent = said ?? problem;
    parts.streets.disabled = false;
    if (extracts) map.lay(extracts);
  });
  parts.which.addEventListener("change", show);
  chapterField.addEventListener("change", show);
  const refresh = () => {
    const [chosen, told] = [field(), moments().filter(({ camera }) => camera)];
    const options = told.map(({ facts }, n) => create("option", { textContent: `${n + 1}. ${facts?.title ?? words.unnamed}` }));
    fields = [chapterField, ...told.map(({ camera }) => camera)];
    parts.which.replaceChildren(create("option", { textContent: words.chapter }), ...options);
    parts.which.selectedIndex = Math.max(0, fields.indexOf(chosen));
    parts.list.replaceChildren(...places().map(({ name }) => create("li", { textContent: name })));
    if (!places().length) parts.status.textContent = words.nowhere;
    else if (parts.status.textContent === words.nowhere) parts.status.textContent = "";
    show();
  };
  refresh();
  return { refresh, places, overlay: map.overlay };
}
