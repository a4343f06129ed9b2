/**
 * The files that pages are made of beside their markup: a fixed list, served by name.
 *
 * @module
 */
import { fileURLToPath } from "node:url";

/** A file that is served. */
interface Asset {
  /** The files that it consists of, one behind the other: beside this module, or in a package as an import names it. */
  from: readonly string[];
  type: string;
}

/** Parts of the style sheet that lie beside this module, later ones above earlier ones. */
const STYLE = [
  ...[
    "colours",
    "ground",
    "head",
    "menus",
    "fields",
    "badges",
    "glance",
    "lists",
    "charts",
    "actions",
    "story",
  ],
  ...["facts", "narrow", "paper"],
];

/** Modules for the browser that lie beside this one. */
const MODULES = [
  ...["chart", "chart_data", "chart_look", "forms", "keys", "lazy_charts", "live", "menus", "morph", "page"],
  ...["theme", "theme_switch", "zones"],
];

const SCRIPT = "text/javascript; charset=utf-8";

/** By the name that pages use. */
export const ASSETS: Readonly<Record<string, Asset>> = {
  "page.css": { from: STYLE.map((name) => `./style/${name}.css`), type: "text/css; charset=utf-8" },
  "icon.svg": { from: ["./icon.svg"], type: "image/svg+xml" },
  ...Object.fromEntries(
    MODULES.map((name) => [`${name}.js`, { from: [`./browser/${name}.js`], type: SCRIPT }]),
  ),
  "uplot.js": { from: ["uplot/dist/uPlot.esm.js"], type: SCRIPT },
};

/** Where the files of an asset lie. */
export function assetPaths({ from }: Asset): string[] {
  return from.map((name) => fileURLToPath(import.meta.resolve(name)));
}

/** Paths of all of them. */
export function assetFiles(): string[] {
  return Object.values(ASSETS).flatMap(assetPaths);
}
