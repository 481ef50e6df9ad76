// Tiles of the operator's choice over the atlas; when they fail or hang, the atlas stays and a notice says so.
const PATIENCE = 8000; // milliseconds without a tile
const FAILURES = 4; // before the first tile

function afterLoad() {
  return new Promise((done) => {
    if (document.readyState === "complete") done();
    else addEventListener("load", () => done(), { once: true });
  });
}

function watch(map, layer, failed) {
  let [errors, arrived] = [0, false];
  const drop = () => {
    if (arrived || !map.hasLayer(layer)) return;
    map.removeLayer(layer);
    failed();
  };
  layer.on("tileload", () => {
    if (arrived) return;
    arrived = true;
    map.getContainer().classList.add("has-tiles");
    map.fire("covered");
  });
  layer.on("tileerror", () => {
    errors += 1;
    if (errors >= FAILURES) drop();
  });
  layer.addTo(map);
  setTimeout(drop, PATIENCE);
}

// A hanging tile server would hold the page's load event back: therefore only after it.
export async function addTiles(map, { url, attribution, maxZoom }, failed) {
  await afterLoad();
  const native = Math.min(maxZoom ?? 19, 22);
  watch(map, L.tileLayer(url, { attribution, maxNativeZoom: native, maxZoom: 22, className: "raster" }), failed);
}

function script(src) {
  return new Promise((done, failed) => {
    const element = document.createElement("script");
    Object.assign(element, { src, onload: done, onerror: failed });
    document.head.append(element);
  });
}

function hasten(promise) {
  return Promise.race([promise, new Promise((_, failed) => setTimeout(failed, PATIENCE, new Error("the map file takes too long")))]);
}

function isDark({ theme }) { // an embed may be told
  return theme === "dark" || (theme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
}

export async function addVectorTiles(map, { url, attribution }, failed) {
  await afterLoad();
  try {
    // The layer would paint an empty sea over the atlas if the archive were missing.
    const start = await hasten(fetch(url, { headers: { Range: "bytes=0-15" } }));
    if (start.status !== 206) throw new Error(`${start.status} ${url}`);
    await script(map.getContainer().dataset.protomaps);
    const flavor = isDark(document.documentElement.dataset) ? "dark" : "light";
    const lang = document.documentElement.lang;
    const { p: archive } = new protomapsL.PmtilesSource(url, true);
    // the layer would paint tiles of a missing file in one colour, and call them loaded; as it would closer than a file reaches
    const { maxZoom } = await hasten(archive.getHeader());
    watch(map, protomapsL.leafletLayer({ url: archive, attribution, maxDataZoom: maxZoom, flavor, lang }), failed);
  } catch {
    failed();
  }
}
