/**
 * What the settings say of documents about what was found.
 *
 * @module
 */
import { z } from "zod";
import { duration, filled, positiveDuration } from "./values.ts";

/** The section `findings`. */
export const findingsSchema = z.strictObject({
  index: z.string().regex(/^[a-z0-9][a-z0-9._-]*$/, {
    error: "expected a name of lower-case letters, digits, dots, dashes and underscores",
  }).default("deepscan").describe(
    "What the names of indices begin with: `deepscan-alerts-2026.03`, by the month of what happened.",
  ),
  name: filled().default("deepscan").describe(
    "What this DeepScan is called (`observer.name`): where several write into one cluster, each needs a name of its own.",
  ),
  verdicts: z.enum(["anomalous", "all", "none"]).default("anomalous").describe(
    "Which windows get a document: those that are anomalous (or were), every one, or none.",
  ),
  health: z.enum(["data_stream", "index", "none"]).default("data_stream").describe(
    "Where each run says how it went: the data stream `metrics-deepscan.health-default`, monthly indices, or nowhere.",
  ),
  keep: positiveDuration().prefault("365d").describe(
    "Older indices are deleted: by the cluster's lifecycle management, or by DeepScan where the cluster has none.",
  ),
  patience: duration().prefault("20s").describe(
    "How long a busy or absent cluster is asked again before documents wait for the next run.",
  ),
});

/** Settings of documents about what was found. */
export type FindingsConfig = z.output<typeof findingsSchema>;
