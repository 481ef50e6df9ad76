// The chapter form: preview, map, areas and moments work on its fields. Without this file the fields are still there.
import { openCameraPanel } from "./camera-panel.js";
import { create } from "./create.js";
import { openMomentRows } from "./moment-rows.js";
import { makePreview } from "./narration-preview.js";
import { makeToolbar } from "./narration-toolbar.js";
import { watchOverlay } from "./overlay-field.js";
import { openStagePanel } from "./stage-panel.js";

function openNarration(textarea, moments) {
  const told = JSON.parse(textarea.dataset.narration);
  const known = () => moments().flatMap(({ facts }) => facts ?? []);
  const toolbar = makeToolbar(textarea, told.words, known);
  const editor = create("div", { className: "narration-editor" });
  textarea.before(editor);
  const { count, region, problems, refresh } = makePreview(textarea, told, () => known().map(({ id }) => id));
  editor.append(create("div", { className: "writing" }, toolbar.element, textarea, count, problems), region);
  return () => {
    toolbar.refresh();
    refresh();
  };
}

function openChapterForm(camera) {
  const told = JSON.parse(camera.dataset.map);
  const group = document.querySelector("#moments-group");
  const narration = document.querySelector("#id_narration");
  const followers = [];
  const rows = openMomentRows(group, told, () => followers.forEach((follow) => follow()));
  const panel = told.stage ? openStagePanel(document.querySelector("#id_frame"), told, rows.told) : openCameraPanel(camera, told, rows.told);
  followers.push(panel.refresh);
  if (narration?.dataset.narration) followers.push(openNarration(narration, rows.told));
  const overlay = document.querySelector("#id_overlay");
  if (overlay) watchOverlay(overlay, document.querySelector("#id_overlay_file"), told, panel.places, panel.overlay);
  document.documentElement.dataset.chapterForm = "ready";
}

const chapterCamera = document.querySelector("#id_camera");
if (chapterCamera?.dataset.map) openChapterForm(chapterCamera);
