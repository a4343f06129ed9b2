/**
 * One look for every chart: light and dark, colours that people with colour-blindness can tell apart.
 *
 * @module
 */

import type { Level } from "../record/level.ts";

/** Background that a chart is drawn for. */
export type Theme = "light" | "dark";

/** Colours of one theme. */
export interface Palette {
  background: string;
  /** Titles and labels. */
  text: string;
  /** Axis lines and ticks. */
  axis: string;
  grid: string;
  /** What is ordinary. */
  calm: string;
  /** What is anomalous, and the threshold that makes it so. */
  anomalous: string;
  /** For categories, in order. */
  categories: readonly string[];
  levels: Record<Level, string>;
}

/**
 * The colours: Okabe and Ito's *Color Universal Design* (2008) for the first of each list, the others searched for around theirs so
 * that every pair stays apart (20 in CIELAB) under the three kinds of colour-blindness, and all from the background; tests hold it.
 */
export const PALETTES: Record<Theme, Palette> = {
  light: {
    background: "#ffffff",
    text: "#1b1f24",
    axis: "#6b7280",
    grid: "#e5e7eb",
    calm: "#0072b2",
    anomalous: "#d55e00",
    categories: ["#0072b2", "#e69f00", "#37c994", "#7b1e5c", "#9fb4dc", "#2e0511", "#716449"],
    levels: {
      none: "#969488",
      debug: "#38c7e6",
      info: "#0072b2",
      warn: "#e69f00",
      error: "#c80a04",
      fatal: "#500049",
    },
  },
  dark: {
    background: "#15181d",
    text: "#e6e8eb",
    axis: "#9aa2ad",
    grid: "#2b313a",
    calm: "#56b4e9",
    anomalous: "#ff8a3d",
    categories: ["#56b4e9", "#e69f00", "#3e8639", "#f7d8e4", "#6d52c2", "#cef8b3", "#a58c89"],
    levels: {
      none: "#606552",
      debug: "#6befff",
      info: "#3d8fd1",
      warn: "#f0b429",
      error: "#c8321a",
      fatal: "#fff4cb",
    },
  },
};

const FONT = "system-ui, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif";

/**
 * Vega-Lite's `config` for a theme. Fonts are the reader's own: nothing is fetched.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { themeConfig } from "./theme.ts";
 *
 * assert.equal(themeConfig("dark").background, "#15181d");
 * ```
 */
export function themeConfig(theme: Theme): Record<string, unknown> {
  const { background, text, axis, grid, calm, categories } = PALETTES[theme];
  return {
    background,
    font: FONT,
    aria: false, // the whole chart has one label; one for each of thousands of marks would only be noise
    padding: 8,
    view: { stroke: null },
    title: { color: text, fontSize: 15, fontWeight: 600, anchor: "start", offset: 12 },
    axis: {
      labelColor: text,
      titleColor: text,
      domainColor: axis,
      tickColor: axis,
      gridColor: grid,
      labelFontSize: 11,
      titleFontSize: 12,
      titleFontWeight: 500,
      titlePadding: 8,
    },
    legend: {
      labelColor: text,
      titleColor: text,
      labelFontSize: 11,
      titleFontSize: 12,
      labelLimit: 220,
      symbolSize: 90,
    },
    range: { category: categories },
    bar: { color: calm },
    line: { color: calm, strokeWidth: 2 },
    text: { color: text, fontSize: 11 },
  };
}
