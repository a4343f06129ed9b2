/**
 * The section `watch` of the settings.
 *
 * @module
 */
import { z } from "zod";
import { positiveDuration } from "./values.ts";

/** How `deno task watch` goes about it. */
export const watchSchema = z.strictObject({
  interval: positiveDuration().prefault("2s").describe("Least time from the end of a pass to the next one."),
  poll: positiveDuration().prefault("10s").describe(
    "Inputs are looked at this often even if no change of a file is notified: indices, network drives, clocks that move on.",
  ),
  summary: positiveDuration().prefault("10m").describe("How often it is said what was read and found."),
}).prefault({});
