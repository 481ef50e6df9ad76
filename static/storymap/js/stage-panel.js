// The picture of the chapter form: where its moments happened, by click and by keys, and the part that is shown.
import { create } from "./create.js";
import { fractionsAt, pictureBox, pictureLayer, placeAt } from "./picture-stage.js";

const STEPS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
const KINDS_OF_SPOTS = ["point", "line", "area"];
const LEAST_POINTS = { point: 1, line: 2, area: 3 };

// What a field holds; null where it is empty, or not understood.
function jsonIn(field) {
  try {
    return JSON.parse(field?.value || "null");
  } catch {
    return null;
  }
}

function buildStagePanel(words) {
  const button = (name) => create("button", { type: "button", textContent: words[name] });
  const kinds = KINDS_OF_SPOTS.map((kind) => create("option", { value: kind, textContent: words[kind] }));
  const parts = {
    which: create("select", {}), kind: create("select", {}, ...kinds),
    use: button("useFrame"), whole: button("wholePicture"), last: button("lastPoint"), none: button("noSpot"),
    status: create("p", { role: "status" }),
    map: create("div", { className: "map", role: "application", ariaLabel: words.pictureMap, tabIndex: 0 }),
  };
  const { which, kind, use, whole, last, none, status, map } = parts;
  const asking = create("div", { className: "asking" }, create("label", {}, words.pictureOf, which), create("label", {}, words.kind, kind), last, none, use, whole);
  const help = create("p", { className: "help", textContent: words.pictureHelp });
  const heading = create("h2", { textContent: words.picture, className: "fieldset-heading" });
  const panel = create("section", { className: "module chapter-map place-picker", ariaLabel: words.picture }, heading, create("div", { className: "chapter-map-body" }, asking, status, map, help));
  return { ...parts, panel };
}

function openPicture(element, picture, words) {
  const map = L.map(element, { zoomControl: false, keyboard: false, zoomSnap: 0, inertia: false, maxZoom: 20, attributionControl: false });
  map.fitBounds(pictureBox(picture), { animate: false });
  L.control.zoom({ zoomInTitle: words.zoomIn, zoomOutTitle: words.zoomOut }).addTo(map);
  pictureLayer(picture, { className: "picture" }).addTo(map);
  return map;
}

function drawnSpot(picture, { kind, points }, number, isChosen) {
  const at = points.map((point) => placeAt(picture, point));
  const style = { interactive: false, className: kind === "area" ? "area" : "drawn-line" };
  const outline = kind === "point" || at.length < 2 ? [] : [kind === "area" && at.length > 2 ? L.polygon(at, style) : L.polyline(at, style)];
  const html = create("span", { className: `map-number${isChosen ? " here" : ""}`, textContent: number });
  const icon = L.divIcon({ className: "pin-holder", html, iconSize: [0, 0] });
  return [...outline, L.marker(at.at(isChosen ? -1 : 0), { icon, keyboard: false, interactive: false, zIndexOffset: isChosen ? 1000 : -number })];
}

// `moments()` as moment-rows tells them. Returns { refresh(), places(), overlay() } as the map of the earth does.
export function openStagePanel(chapterFrame, { stage: picture, words }, moments) {
  const parts = buildStagePanel(words);
  document.querySelector("#id_stage").closest("fieldset").before(parts.panel);
  const map = openPicture(parts.map, picture, words);
  const drawn = L.layerGroup().addTo(map);
  const fieldOf = ({ row }, name) => row.querySelector(`textarea[name$='-${name}']`);
  let told = [];
  const chosen = () => told[parts.which.selectedIndex - 1] ?? null;
  const nameOf = (moment) => moment?.facts?.title ?? words.unnamed;
  const frameField = () => (chosen() ? fieldOf(chosen(), "frame") : chapterFrame);
  let unfinished = null; // points of a line or an area that are too few to be stored

  const spotOf = (moment) => (moment === chosen() && unfinished) || jsonIn(fieldOf(moment, "spot"));
  const draw = () => {
    drawn.clearLayers();
    const spots = told.map((moment, n) => [moment, spotOf(moment), n + 1]).filter(([, spot]) => spot?.points?.length);
    spots.flatMap(([moment, spot, number]) => drawnSpot(picture, spot, number, moment === chosen())).forEach((layer) => drawn.addLayer(layer));
    const frame = jsonIn(frameField());
    if (frame) {
      const corners = [[frame.left, frame.bottom], [frame.right, frame.top]].map((corner) => placeAt(picture, corner));
      drawn.addLayer(L.rectangle(L.latLngBounds(corners), { className: "camera-frame", fill: false, interactive: false }));
    }
    parts.kind.disabled = parts.none.disabled = !chosen();
    parts.last.disabled = !chosen() || (spotOf(chosen())?.points.length ?? 0) < 2;
  };
  const writeTo = (field, value) => {
    field.value = value ? JSON.stringify(value) : "";
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const say = (text, at = "") => (parts.status.textContent = text.replace("{name}", nameOf(chosen())).replace("{at}", at));
  const pointsNow = () => spotOf(chosen())?.points ?? [];
  const tellSpot = () => {
    const at = chosen() && pointsNow().at(-1)?.map((part) => `${Math.round(part * 1000) / 10} %`).join(", ");
    if (!chosen()) say("");
    else say(at ? words.placed : words.unplaced, at);
  };
  const put = (points) => {
    const kind = parts.kind.value;
    const spot = points.length ? { kind, points } : null;
    const isWhole = points.length >= LEAST_POINTS[kind];
    unfinished = spot && !isWhole ? spot : null;
    writeTo(fieldOf(chosen(), "spot"), isWhole ? spot : null);
    tellSpot();
    draw();
  };
  const add = (at) => put(parts.kind.value === "point" ? [at] : [...pointsNow(), at]);
  const choose = (index) => {
    parts.which.selectedIndex = index;
    unfinished = null;
    parts.kind.value = (chosen() && spotOf(chosen())?.kind) || "point";
    tellSpot();
    draw();
  };
  const nudge = (step, pixels) => {
    const points = pointsNow();
    const from = points.length ? map.project(placeAt(picture, points.at(-1))) : map.project(map.getCenter());
    const at = map.unproject(from.add(L.point(step).multiplyBy(pixels)));
    put([...points.slice(0, -1), fractionsAt(picture, at)]);
    if (!map.getBounds().contains(at)) map.panTo(at, { animate: false });
  };
  map.on("click", ({ latlng }) => chosen() && add(fractionsAt(picture, latlng)));
  parts.map.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (target !== parts.map || event.ctrlKey || event.altKey || event.metaKey) return;
    const number = Number(key);
    if (key === "+" || key === "-") map.setZoom(map.getZoom() + (key === "+" ? 0.5 : -0.5), { animate: false });
    else if (STEPS[key] && chosen()) nudge(STEPS[key], event.shiftKey ? 10 : 1);
    else if (STEPS[key]) map.panBy(L.point(STEPS[key]).multiplyBy(60), { animate: false });
    else if (key === "Enter" && chosen() && parts.kind.value !== "point" && pointsNow().length) add(pointsNow().at(-1));
    else if (number && told[number - 1]) choose(number);
    else return;
    event.preventDefault();
  });
  parts.which.addEventListener("change", () => choose(parts.which.selectedIndex));
  parts.kind.addEventListener("change", () => put(pointsNow().slice(0, parts.kind.value === "point" ? 1 : undefined)));
  parts.last.addEventListener("click", () => put(pointsNow().slice(0, -1)));
  parts.none.addEventListener("click", () => put([]));
  parts.use.addEventListener("click", () => {
    const box = map.getBounds();
    const [[left, top], [right, bottom]] = [box.getNorthWest(), box.getSouthEast()].map((corner) => fractionsAt(picture, corner));
    if (left >= right || top >= bottom) return; // nothing of the picture is in sight
    writeTo(frameField(), { left, top, right, bottom });
    say(words.framed);
    draw();
  });
  parts.whole.addEventListener("click", () => {
    writeTo(frameField(), null);
    map.fitBounds(pictureBox(picture), { animate: false });
    say(words.unframed);
    draw();
  });
  chapterFrame.addEventListener("change", draw);
  const refresh = () => {
    const before = chosen()?.row;
    told = moments().filter((moment) => fieldOf(moment, "spot"));
    const options = told.map((moment, n) => create("option", { textContent: `${n + 1}. ${nameOf(moment)}` }));
    parts.which.replaceChildren(create("option", { textContent: words.chapter }), ...options);
    parts.which.selectedIndex = told.findIndex(({ row }) => row === before) + 1;
    draw();
  };
  refresh();
  choose(0);
  return { refresh, places: () => [], overlay: () => true };
}
