import assert from "node:assert/strict";
import { test } from "node:test";
import { boundsAround, cameraIn, roundedView } from "../../static/storymap/js/camera-value.js";

const at = (lat, lng, radius = 0) => ({ lat, lng, radius });

test("a camera is read from its text, or said to be none", () => {
  const near = { center: { lat: -12.09, lng: -77.05 }, zoom: 15 };
  const wide = { bounds: { west: -82, south: -19, east: -68, north: 0 } };
  assert.deepEqual(cameraIn(JSON.stringify(near)), near);
  assert.deepEqual(cameraIn(JSON.stringify(wide)), wide);
  assert.deepEqual(["", " ", "null"].map(cameraIn), [null, null, null]);
  const wrong = ["{", "3", "[]", "{}", '{"center": {"lat": 91, "lng": 0}, "zoom": 3}', '{"bounds": {"west": 1}}', JSON.stringify({ ...near, ...wide })];
  assert.deepEqual(wrong.map(cameraIn), wrong.map(() => undefined));
});

test("a view is kept as precisely as the eye sees at its zoom", () => {
  assert.deepEqual(roundedView({ lat: -12.0913912345, lng: -77.0494412345 }, 15.123456), { center: { lat: -12.091391, lng: -77.049441 }, zoom: 15.12 });
  assert.deepEqual(roundedView({ lat: 20.00004, lng: 300.5 }, 2), { center: { lat: 20, lng: -59.5 }, zoom: 2 });
});

test("the extent goes round all places with room, and the short way over the Pacific", () => {
  const lima = boundsAround([at(-12.09, -77.05, 50), at(-12.07, -77.03, 50)]);
  assert.ok(lima.west < -77.05 && lima.east > -77.03 && lima.south < -12.09 && lima.north > -12.07);
  assert.ok(lima.east - lima.west < 0.05);
  const { west, east } = boundsAround([at(-12, -77), at(35.7, 139.7)]);
  assert.ok(east - west < 200 && west < 139.7 - 360 && east > -77);
  assert.ok(boundsAround([at(0, 10, 111320)]).north >= 1);
  assert.equal(boundsAround([]), null);
});
