/**
 * `vanished`: a template has stayed away far longer than ever, though it never was regular.
 *
 * @module
 */
import { Gaps } from "./gaps.ts";
import type { SeriesDetectorKind } from "./series_detector.ts";
import type { TemplateTable } from "./template_table.ts";

/**
 * As `heartbeat`, for templates whose gaps differ: how unlikely it is that they stay away for so long.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { vanished } from "./vanished.ts";
 *
 * assert.equal(vanished.name, "vanished");
 * ```
 */
export const vanished: SeriesDetectorKind<TemplateTable> = {
  name: "vanished",
  title: "A template that has stayed away far longer than ever",
  line: "calibrated",
  least: 2.5,
  cautious: 6,
  hearsSilence: true,
  untimed: true,
  create: (options) => new Gaps("vanished", false, options),
};
