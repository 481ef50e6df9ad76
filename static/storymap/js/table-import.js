// The preview of a table: its rows on a map. The table says the same without it.
import { openAtlasMap } from "./atlas-map.js";

const CLOSEST = 11; // zoom when all rows lie close together

function drawRows(element, rows) {
  const { ground, words } = JSON.parse(element.dataset.rowsMap);
  const map = openAtlasMap(element, ground, words);
  const colour = (name) => getComputedStyle(element).getPropertyValue(`--${name}`).trim();
  const canvas = L.canvas({ padding: 0.5 });
  const look = { renderer: canvas, radius: 6, weight: 2, color: colour("pin-edge"), fillColor: colour("pin"), fillOpacity: 1 };
  const marks = new Map(rows.map((row) => [row, L.circleMarker(row.dataset.at.split(",").map(Number), look).addTo(map)]));
  const choose = (row, chosen) => {
    row.classList.toggle("chosen", chosen);
    marks.get(row).setRadius(chosen ? 10 : 6);
    if (chosen) marks.get(row).bringToFront();
  };
  for (const [row, mark] of marks) {
    row.addEventListener("pointerenter", () => choose(row, true));
    row.addEventListener("pointerleave", () => choose(row, false));
    mark.on("mouseover", () => choose(row, true));
    mark.on("mouseout", () => choose(row, false));
    mark.on("click", () => row.scrollIntoView({ block: "center" }));
  }
  map.fitBounds(L.latLngBounds([...marks.values()].map((mark) => mark.getLatLng())).pad(0.1), { maxZoom: CLOSEST, animate: false });
}

const rowsMap = document.querySelector("[data-rows-map]");
const placedRows = [...document.querySelectorAll("tr[data-at]")];
if (rowsMap && placedRows.length) {
  rowsMap.hidden = false;
  drawRows(rowsMap, placedRows);
}
