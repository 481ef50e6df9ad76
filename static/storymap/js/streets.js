// What draws basemap extracts and names what they show: imported late, for many views have none.
import { creditsOf, turnTo, unpackGround } from "./ground.js";
import { REACH, paintGround } from "./ground-paint.js";
import { addNames } from "./name-layer.js";

export const streets = { REACH, addNames, creditsOf, paintGround, turnTo, unpackGround };
