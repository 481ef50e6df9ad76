// Areas and lines: a file goes into the field, the field is checked by the server and drawn on the map.
import { makeAsker, postForm } from "./asking.js";
import { create } from "./create.js";

const PAUSE_TO_CHECK = 400; // milliseconds without a key

function swappedPositions(coordinates) {
  if (typeof coordinates[0] !== "number") return coordinates.map(swappedPositions);
  const [lat, lng, ...height] = coordinates;
  return [lng, lat, ...height];
}

function swappedOverlay(overlay) {
  const turned = (geometry) => geometry.type === "GeometryCollection"
    ? { ...geometry, geometries: geometry.geometries.map(turned) }
    : { ...geometry, coordinates: swappedPositions(geometry.coordinates) };
  return { ...overlay, features: overlay.features.map((feature) => ({ ...feature, geometry: turned(feature.geometry) })) };
}

// `places()` are those of the map; `draw(overlay)` draws on it.
export function watchOverlay(textarea, upload, { check, words }, places, draw) {
  const status = create("p", { role: "status" });
  const problems = create("ul", { className: "errorlist", ariaLabel: words.problems, hidden: true });
  const swap = create("button", { type: "button", textContent: words.swap, hidden: true });
  let shown = null;
  textarea.after(create("div", { className: "overlay-check" }, status, swap, problems));
  const tell = ({ overlay = null, problems: found, swapped = false }) => {
    shown = overlay;
    draw(overlay);
    problems.replaceChildren(...found.map((problem) => create("li", { textContent: problem })));
    problems.hidden = !found.length;
    swap.hidden = !swapped;
    status.textContent = found.length ? words.problems : swapped ? words.swapped : overlay ? words.drawn : "";
  };
  const ask = async () => {
    const pairs = [["text", textarea.value], ...places().map(({ slug }) => ["place", slug])];
    tell(await postForm(textarea.form, check, pairs).catch(() => ({ problems: [words.checkFailed] })));
  };
  const refresh = makeAsker(PAUSE_TO_CHECK, ask);
  const replace = (text) => {
    textarea.value = text;
    textarea.dispatchEvent(new Event("input", { bubbles: true }));
  };
  textarea.addEventListener("input", refresh);
  swap.addEventListener("click", () => {
    replace(JSON.stringify(swappedOverlay(shown)));
    textarea.focus();
  });
  upload?.addEventListener("change", async () => {
    const [file] = upload.files;
    if (!file || file.size > 2e6) return; // the server says what is too large
    replace(await file.text());
    upload.value = "";
  });
  if (textarea.value.trim() && !textarea.closest(".form-row.errors")) ask(); // else the server has just said it
}
