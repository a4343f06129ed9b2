/**
 * What was learned of a stream → its model, or why there is none.
 *
 * @module
 */
import {
  fitStream,
  type FitStreamOptions,
  type LearnedStream,
  NoWindowsError,
  type StreamModel,
} from "../../lib/mod.ts";
import type { Context } from "../context.ts";
import type { Progress } from "../progress.ts";
import { inputsSeen, inputText } from "./seen_inputs.ts";

/** How {@linkcode fitLearned} goes about it. */
export interface Fitting {
  fit: FitStreamOptions;
  /** What `--window` says, ms; `null` = nothing. */
  window: number | null;
  progress: Progress;
}

/**
 * Fits a stream's model; where nothing has formed windows, it is said what the inputs were.
 *
 * @throws {NoWindowsError} if there are none to learn from.
 */
export async function fitLearned(
  learned: LearnedStream,
  { fit, window, progress }: Fitting,
  context: Context,
): Promise<StreamModel> {
  try {
    return await fitStream(learned, fit);
  } catch (error) {
    progress.clear();
    if (!(error instanceof NoWindowsError)) throw error;
    for (const input of inputsSeen(learned.records.inputs())) context.stderr(`${inputText(input)}\n`);
    throw window !== null && learned.read > 0 ? untimed(window, error) : error;
  } finally {
    progress.clear();
  }
}

/** `--window` over lines without times. */
function untimed(window: number, cause: Error): Error {
  return new Error(`Cannot form windows of ${window / 1000} s: the lines have no times that could be read`, {
    cause,
  });
}
