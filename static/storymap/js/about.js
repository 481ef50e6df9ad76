// The page for publishers: its codes can be copied.
import { attachCopying } from "./copying.js";

attachCopying(document, document.querySelector("[data-copied]"));
