// The card that stands in place of a story: as tall as it is.
import { tellHeight } from "./embed-height.js";
import { attachOuterLinks } from "./embed-links.js";

tellHeight("");
attachOuterLinks(document);
