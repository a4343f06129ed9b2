/**
 * Kinds of values that several sections of the settings have.
 *
 * @module
 */
import { z } from "zod";
import { DURATION_PATTERN, parseDuration } from "./duration.ts";
import { parseSize, SIZE_PATTERN } from "./size.ts";

/** A length of time, as milliseconds. */
export const duration = () =>
  z.string().regex(DURATION_PATTERN, { error: "expected a length of time such as 5m, 1h30m or 3d" })
    .transform(parseDuration);

/** A length of time that is not nothing. */
export const positiveDuration = () =>
  duration().refine((value) => value > 0, { error: "expected a length of time above zero" });

/** A text that is not empty. */
export const filled = () => z.string().min(1, { error: "expected a text that is not empty" });

/** A size that is not nothing, in bytes. */
export const size = () =>
  z.string().regex(SIZE_PATTERN, { error: "expected a size such as 64MB" }).transform(parseSize)
    .refine((value) => value > 0, { error: "expected a size above zero" });
