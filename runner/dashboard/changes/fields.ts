/**
 * Fields that several changes take.
 *
 * @module
 */
import { z } from "zod";

/** A name; the empty text is none. */
export const word = () => z.string().trim().max(200);

/** Why something is said. */
export const note = () => z.string().max(2000).default("").describe("Why, for people; secrets are redacted.");

/** An id, or the beginning of it. */
export const identity = (what: string) => word().min(4).describe(`Id of ${what}, or its first characters.`);

/** A version of the model. */
export const version = (what: string) =>
  z.string().regex(/^v\d{4,}$/, { error: "expected such as v0001" }).describe(what);
