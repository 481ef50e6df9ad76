// The card that stands in place of a story: as tall as it is.
import { tellHeight } from "./embed-height.js";

tellHeight("");
