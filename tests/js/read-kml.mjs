// What other people's readers of KML find in a file: `node read-kml.mjs FILE` prints their features as JSON.
import { readFileSync } from "node:fs";
import { DOMParser } from "@xmldom/xmldom";
import { kml as tmcw } from "@tmcw/togeojson";
import mapbox from "@mapbox/togeojson";

const xml = new DOMParser().parseFromString(readFileSync(process.argv[2], "utf8"), "text/xml");
const found = Object.entries({ tmcw, mapbox: mapbox.kml }).map(([name, read]) => [name, read(xml).features]);
process.stdout.write(JSON.stringify(Object.fromEntries(found)));
