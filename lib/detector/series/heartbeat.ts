/**
 * `heartbeat`: what comes regularly is overdue.
 *
 * @module
 */
import { Gaps } from "./gaps.ts";
import type { SeriesDetectorKind } from "./series_detector.ts";
import type { TemplateTable } from "./template_table.ts";

/**
 * Templates (and the service as a whole) whose gaps are alike, at least ten of them: how unlikely it is that they
 * stay away for so long, longer than ever lately, as minus the decimal logarithm of a gamma distribution's tail. After six
 * windows above the line it has been said.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { heartbeat } from "./heartbeat.ts";
 *
 * assert.equal(heartbeat.name, "heartbeat");
 * ```
 */
export const heartbeat: SeriesDetectorKind<TemplateTable> = {
  name: "heartbeat",
  title: "What comes regularly is overdue",
  line: "calibrated",
  least: 2,
  cautious: 6,
  hearsSilence: true,
  untimed: true,
  create: (options) => new Gaps("heartbeat", true, options),
};
