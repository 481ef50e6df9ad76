// The forms of the admin: what is typed is autosaved. Without this file a form is a form.
import { openDesk } from "./autosave.js";

const editedDesk = document.querySelector("[data-editing]");
if (editedDesk) openDesk(editedDesk, document.querySelector("#content-main > form[id$=_form], form[data-edited]"));
