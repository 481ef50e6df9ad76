// The kit that the server's map script (drawn by folium) draws the story with, and the stage the page conducts.
import { addAtlas, onColours } from "./atlas-layer.js";
import { makeCamera } from "./camera.js";
import { tameGestures } from "./gestures.js";
import { breath } from "./idle.js";
import { attachInset } from "./inset.js";
import { late } from "./late.js";
import { linksTo } from "./moment-head.js";
import { makePinList } from "./pin-list.js";
import { COVER, fetchPlaces, nearLng } from "./place-store.js";
import { makeScene } from "./scene.js";
import { say } from "./words.js";

const LONGEST_WAIT = 15000; // milliseconds until the pictures take the map's place

// For other people's scripts: data-view is what the map was sent to, data-center and data-zoom where it rests.
function tellView(map) {
  map.on("moveend", () => {
    const { lat, lng } = map.getCenter();
    Object.assign(map.getContainer().dataset, { center: `${lat.toFixed(6)},${lng.toFixed(6)}`, zoom: map.getZoom().toFixed(3) });
  });
}

function hurry(promise) {
  return Promise.race([promise, new Promise((_, failed) => setTimeout(failed, LONGEST_WAIT, new Error("the map takes too long")))]);
}

function prepare(map, root) {
  // no inertia: on a slow device it would begin after the reader has asked for the way back, and undo it
  Object.assign(map.options, { zoomSnap: 0, minZoom: 0, inertia: false });
  map.attributionControl.setPrefix(false);
  tameGestures(map, root.querySelector("[data-two-fingers]"));
  const position = document.documentElement.dir === "rtl" ? "topright" : "topleft"; // across from the legend
  L.control.zoom({ position, zoomInTitle: say("zoomIn"), zoomOutTitle: say("zoomOut") }).addTo(map);
  L.control.scale({ imperial: false, maxWidth: 120 }).addTo(map);
}

// Every pin of the chapter can be reached by key, also those that the view leaves out: the map goes along.
function followFocus(element, scene, camera) {
  element.addEventListener("focusin", ({ target }) => {
    const pin = scene.pinBehind(target);
    if (!pin || camera.shows(pin.at)) return;
    element.scrollTo(0, 0); // browsers scroll what cannot be scrolled
    camera.goTo(pin.at.lat, pin.at.lng);
  });
}

function middleLng({ center, bounds }) {
  return center ? center[1] : (bounds[0][1] + bounds[1][1]) / 2;
}

// The same camera in the turn of the world in which the pins stand: Tokyo is east of Lima, and west of it.
function beside(camera, lng) {
  const turn = nearLng(middleLng(camera), lng) - middleLng(camera);
  if (!turn) return camera;
  const { center, zoom, bounds } = camera;
  return center ? { center: [center[0], center[1] + turn], zoom } : { bounds: bounds.map(([south, west]) => [south, west + turn]) };
}

// The pins whose events are not all left out, each with those that are not.
function seenOf(pins, hidden) {
  return pins.map((pin) => ({ ...pin, events: pin.events.filter((event) => !hidden(event)) })).filter(({ events }) => events.length);
}

// A pin of one event leads there; of several, it lists them.
function pinOpener(map, list, { has, go }) {
  map.on("click", list.close);
  return ({ places, button, y }) => {
    const here = places.map((place) => ({ ...place, events: place.events.filter(has) })).filter(({ events }) => events.length);
    const events = new Set(here.flatMap((place) => place.events));
    list.close();
    if (events.size > 1) list.open(here, button, y > map.getSize().y / 2);
    else events.forEach(go);
  };
}

// What is being read: the moment, before the first the narration.
function textInHand(root, { slug, cover, moment }) {
  if (cover) return "";
  const chapter = root.querySelector(`article[data-chapter="${slug}"]`);
  if (!moment) return chapter?.querySelector(".narration")?.textContent ?? "";
  const linking = chapter && linksTo(moment, chapter)[0]?.closest("p, li");
  return [linking, root.getElementById(moment)].map((part) => part?.textContent ?? "").join(" ");
}

// What shows the story without a map from now on. The pictures make the page longer; what is read stays where it is.
export function giveWay(root, error) {
  console.error(error);
  const read = scrollY > 0 ? root.querySelector("article[aria-current=step]") : null;
  const top = read?.getBoundingClientRect().top;
  root.documentElement.dataset.map = "pictures";
  if (read) scrollBy({ top: read.getBoundingClientRect().top - top, behavior: "instant" });
  root.querySelector("[data-notice]").textContent = say("mapFailed");
}

// What makes the map stand for a picture comes when it is wanted, or a little before. `there(slug)`: whether the map can
// stand for what the chapter shows.
function latePictures(map, root, chapters) {
  let pictures = null;
  const bring = late(() => import("./picture-stage.js").then(({ makePictureStage }) => (pictures = makePictureStage(map, root, chapters))));
  return {
    bring,
    prepare: () => [...chapters.values()].some(({ picture }) => picture) && bring(),
    there: (slug) => Boolean(pictures || !chapters.get(slug).picture),
    stand: (slug, look) => pictures?.stand(slug, look) ?? false,
    isPicture: () => pictures?.isPicture() ?? false,
  };
}

// `now()` is where the reader is: { slug, cover, moment, places, hidden(event) }; without a moment, at the head of a chapter,
// `places` are all of the chapter, in order. `told`: { has(event), go(event) }, whether a moment is on
// the page, and how to get there. Rejects when the map cannot be used.
export async function openStage(root, language, now, told) {
  const element = root.querySelector("[data-map]");
  const colour = (name) => getComputedStyle(element).getPropertyValue(`--${name}`).trim();
  const parts = {};
  const failed = () => (root.querySelector("[data-notice]").textContent = say("tilesFailed"));
  const map = globalThis.drawStoryMap(element, {
    atlas: (drawn, options) => {
      prepare(drawn, root);
      parts.atlas = addAtlas(drawn, options, colour);
    },
    tiles: (drawn, options) => import("./tile-layers.js").then(({ addTiles }) => addTiles(drawn, options, failed)).catch(failed),
    pmtiles: (drawn, options) => import("./tile-layers.js").then(({ addVectorTiles }) => addVectorTiles(drawn, options, failed)).catch(failed),
    places: (_, { url }) => (parts.places = fetchPlaces(url)),
    scene: (_, { chapters, cover }) => {
      parts.chapters = new Map(chapters.map((chapter) => [chapter.slug, chapter]));
      if (cover) parts.chapters.set(COVER, { slug: COVER, camera: cover, pins: [], moments: {} });
    },
  });
  const list = makePinList(root.querySelector("[data-pin-list]"), told.go);
  await breath();
  const camera = makeCamera(map, root.querySelector("[data-back-to-view]"));
  let store = null; // until the places have come
  const chapterOf = ({ slug, cover }) => (cover && parts.chapters.get(COVER)) || parts.chapters.get(slug);
  // The editor's for the event in hand, else the chapter's; moved to the event's place where that is not in it.
  const cameraOf = ({ moment, places, ...state }) => {
    const chapter = chapterOf(state);
    const own = chapter.moments[moment];
    if (own) return beside(own, middleLng(chapter.camera));
    const place = moment && store?.places.get(places[0]);
    return !place || camera.holds(chapter.camera, place) ? chapter.camera : camera.movedTo(chapter.camera, place);
  };
  const toMark = ({ moment, places, ...state }) => {
    if (moment || state.cover) return places;
    const whole = chapterOf(state).camera;
    const first = places.find((slug) => store.places.has(slug) && camera.holds(whole, store.places.get(slug)));
    return first ? [first] : [];
  };
  const tellTarget = (state) => {
    const { slug, camera: whole } = chapterOf(state);
    element.dataset.view = slug + (cameraOf(now()) === whole ? "" : `#${state.moment}`);
  };
  const pictures = latePictures(map, root, parts.chapters);
  if (!pictures.there(chapterOf(now()).slug)) await hurry(pictures.bring());
  let aimed = cameraOf(now());
  const cut = (state) => {
    aimed = cameraOf(state);
    tellTarget(state);
    camera.show(aimed, { still: true });
  };
  tellView(map);
  const inset = root.querySelector("[data-inset]");
  if (inset) {
    const drawInset = attachInset(map, inset, parts.atlas.worldOutlines, colour);
    parts.atlas.onLoad(drawInset);
    onColours(drawInset);
  }
  if (!pictures.stand(chapterOf(now()).slug, () => cut(now()))) cut(now());
  [store] = await hurry(Promise.all([parts.places, parts.atlas.complete()]));
  const scene = makeScene(map, { atlas: parts.atlas, store, language, onPin: pinOpener(map, list, told), colour });
  let shown = null;

  const show = (state) => {
    const chapter = chapterOf(state);
    if (!pictures.there(chapter.slug)) {
      pictures.bring().then(() => show(now()), (error) => giveWay(root, error));
      return;
    }
    const pins = seenOf(chapter.pins, state.hidden);
    const key = [chapter.slug, ...pins.map(({ place, events }) => `${place} ${events.length}`)].join();
    if (key !== shown) {
      list.close();
      pictures.stand(chapter.slug, () => cut(state)); // from the earth to a picture there is no way to fly
      scene.show(chapter.slug, pins, middleLng(cameraOf(state)), pictures.isPicture());
    }
    shown = key;
    scene.mark(toMark(state), textInHand(root, state), state.moment);
  };
  const aim = (state, how) => {
    const wanted = cameraOf(state);
    if (!pictures.there(chapterOf(state).slug) || JSON.stringify(wanted) === JSON.stringify(aimed)) return;
    aimed = wanted;
    tellTarget(state);
    camera.show(wanted, how);
  };
  await breath();
  show(now());
  followFocus(element, scene, camera);
  // a first view close to the ground needs no world, and no pictures; whoever moves on will soon
  const further = ["scroll", "keydown", "pointerdown"];
  const prepareRest = () => {
    further.forEach((type) => removeEventListener(type, prepareRest));
    parts.atlas.world().catch(() => {});
    pictures.prepare();
  };
  further.forEach((type) => addEventListener(type, prepareRest, { passive: true }));
  return {
    show,
    aim,
    showPlace: (slug) => {
      const pin = scene.pinOf(slug);
      const place = store.places.get(slug);
      if (!place) return false;
      aim(now(), { still: true }); // what is in hand would else take the map away again
      camera.goTo(place.lat, pin ? pin.at.lng : place.lng);
      scene.mark([slug], textInHand(root, now()), now().moment);
      return true;
    },
  };
}
