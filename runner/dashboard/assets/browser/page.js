/**
 * What a page does beside showing itself.
 *
 * @module
 */
import { chartsOf } from "./lazy_charts.js";
import { startForms } from "./forms.js";
import { startKeys } from "./keys.js";
import { startLive } from "./live.js";
import { startMenus } from "./menus.js";
import { startTheme } from "./theme_switch.js";
import { startZones } from "./zones.js";

startTheme();
startMenus();
startZones();
startForms();
startKeys();
chartsOf(document);
startLive();
