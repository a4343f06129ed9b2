/**
 * The section `ship` of the settings.
 *
 * @module
 */
import { z } from "zod";
import { duration, size } from "./values.ts";

/** How logs are sent to Elasticsearch. */
export const shipSchema = z.strictObject({
  index: z.string().regex(/^[a-z0-9][a-z0-9._-]*$/, {
    error: "expected a name of lower-case letters, digits, dots, dashes and underscores",
  }).default("server-logs").describe(
    "What the names of daily indices begin with; the day of the record follows.",
  ),
  data_stream: z.boolean().default(false).describe(
    "Whether `index` is the name of a data stream: logs-DATASET-NAMESPACE, such as logs-server-default.",
  ),
  in_flight: z.int().min(1).max(16).default(2).describe("Requests that are on their way at the same time."),
  request: size().prefault("5MB").describe("A request is sent when it has grown to this, uncompressed."),
  patience: duration().prefault("30s").describe(
    "How long a busy or absent cluster is asked again before logs wait on disk.",
  ),
  spool: size().prefault("1GB").describe("What may wait on disk while the cluster is away."),
}).refine(({ index, data_stream }) => !data_stream || /^logs-[^-]+-[^-]+$/.test(index), {
  error: "expected the index logs-DATASET-NAMESPACE of a data stream, such as logs-server-default",
}).prefault({});
