// The picture room of the admin: a drop zone on the form and on the list, and the focal point. All of it works without.
import { chooseFiles, makeDropZone } from "./drop-zone.js";
import { filledIn, refusalOf } from "./file-checks.js";
import { openUploads } from "./picture-uploads.js";
import { openFocus } from "./picture-focus.js";

function openPictureForm(upload) {
  const words = JSON.parse(upload.dataset.picture);
  const [x, y] = ["x", "y"].map((side) => document.querySelector(`#id_focus_${side}`));
  const focus = openFocus(document.querySelector("[data-shown]"), x, y, words);
  const choose = () => {
    const file = upload.files[0];
    if (!file) return zone.say("");
    const refusal = refusalOf(file, words);
    if (refusal) {
      upload.value = "";
      return zone.say(`${file.name}: ${refusal}`, true);
    }
    zone.say(filledIn(words.chosen, { name: file.name }));
    const reader = new FileReader();
    reader.addEventListener("load", () => focus.show(reader.result));
    reader.readAsDataURL(file);
    focus.clear(); // it was that of another picture
  };
  const zone = makeDropZone(upload, words.drop, (files) => {
    if (files.length > 1) return zone.say(words.one, true);
    chooseFiles(upload, files);
    choose();
  });
  upload.addEventListener("change", choose);
  upload.form.addEventListener("submit", () => {
    if (upload.files.length) zone.say(words.saving);
  });
}

const pictureField = document.querySelector("#id_upload[data-picture]");
if (pictureField) openPictureForm(pictureField);
const uploadForm = document.querySelector("form[data-uploads]");
if (uploadForm) openUploads(uploadForm);
