/**
 * All detectors that follow a service through its windows, by the names that opinions use.
 *
 * @module
 */
import { cusum } from "./cusum.ts";
import { heartbeat } from "./heartbeat.ts";
import { low } from "./low.ts";
import { newErrors } from "./new_error.ts";
import { newTemplates } from "./new_template.ts";
import { newValue } from "./new_value.ts";
import { numeric } from "./numeric.ts";
import { order } from "./order.ts";
import { rare } from "./rare.ts";
import { record } from "./record.ts";
import type { SeriesDetectorKind } from "./series_detector.ts";
import { total } from "./total.ts";
import { vanished } from "./vanished.ts";

/** Every kind. The contract suite runs over this list. */
export const SERIES_DETECTORS: readonly SeriesDetectorKind[] = [
  newErrors,
  newTemplates,
  record,
  total,
  low,
  cusum,
  heartbeat,
  vanished,
  rare,
  order,
  numeric,
  newValue,
];
