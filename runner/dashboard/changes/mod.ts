/**
 * Every change by its name, made by the same functions as on the command line.
 *
 * @module
 */
import { ModelError } from "../../../lib/mod.ts";
import { UsageError } from "../../context.ts";
import { acknowledging, givingFeedback } from "./alert_changes.ts";
import { type Change, ChangeError, oneOfMany } from "./change.ts";
import { activating, promoting, rollingBack } from "./model_changes.ts";
import { endingSilence, silencing } from "./silence_changes.ts";

/** By name. */
export const CHANGES: Readonly<Record<string, Change>> = {
  acknowledge: oneOfMany(acknowledging),
  silence: oneOfMany(silencing),
  "end-silence": oneOfMany(endingSilence),
  feedback: oneOfMany(givingFeedback),
  activate: oneOfMany(activating),
  rollback: oneOfMany(rollingBack),
  promote: oneOfMany(promoting),
};

/**
 * An error of a change in words for whoever asked; `null` = it is none that they can do something about.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { changeProblem } from "./mod.ts";
 *
 * const unknown = new Error("Cannot find incident 0a1b: there is none; `deno task deepscan alerts list` shows them");
 * assert.equal(changeProblem(unknown)?.status, 404);
 * assert.equal(changeProblem(new TypeError("x is undefined")), null);
 * ```
 */
export function changeProblem(error: unknown): ChangeError | null {
  if (error instanceof ChangeError) return error;
  if (error instanceof UsageError) return new ChangeError(error.message, 400, { cause: error });
  if (error instanceof ModelError) return new ChangeError(error.message, 409, { cause: error });
  const isSaid = error instanceof Error && error.constructor === Error && error.message.startsWith("Cannot ");
  if (!isSaid) return null;
  return new ChangeError(error.message, /there is no(?:ne)?\b/.test(error.message) ? 404 : 409, {
    cause: error,
  });
}
