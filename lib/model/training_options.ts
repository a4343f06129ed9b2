/**
 * How to learn once more what a model was trained on.
 *
 * @module
 */
import type { LearnOptions } from "./learn.ts";
import type { StreamModel } from "./stream_model.ts";

/**
 * The span of time that a stream's model was trained on, and what people had decided about templates: what `learn` needs to come
 * to the same from the same logs, however long they are by now.
 *
 * A training that left its last windows open ended at the border of a time window; one that closed all of them ended with its
 * last record. What a training left out is not part of it: that is known by its windows, not by its span.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { stdinInput } from "../source/stdin.ts";
 * import { fitStream } from "./fit.ts";
 * import { learn } from "./learn.ts";
 * import { streamSettings } from "./stream_settings.ts";
 * import { trainingOptions } from "./training_options.ts";
 *
 * const settings = streamSettings({ name: "web", window: 60_000 });
 * const fitted = async (text: string, options = {}) => {
 *   const learned = await learn(settings, [stdinInput(new Blob([text]).stream())], options);
 *   return await fitStream(learned, { detectors: [], threshold: { rule: "quantile", level: .99, k: 3 } });
 * };
 * const log = "2026-03-02T10:00:01Z INFO request 7 served\n2026-03-02T10:01:02Z INFO request 8 served\n";
 * const model = await fitted(log), longer = `${log}2026-03-02T10:02:00Z ERROR disk full\n`;
 *
 * assert.notEqual((await fitted(longer)).trained.fingerprint, model.trained.fingerprint);
 * assert.equal((await fitted(longer, trainingOptions(model))).trained.fingerprint, model.trained.fingerprint);
 * ```
 */
export function trainingOptions(
  { trained: { from, to, closedTo }, settings: { window }, catalogue }: StreamModel,
): Pick<LearnOptions, "from" | "to" | "span" | "decisions"> {
  const { decisions } = catalogue;
  if (Number.isNaN(from)) return { decisions };
  if (Number.isNaN(closedTo)) return { from, to: to + 1, decisions };
  return { span: (Math.floor(to / window) + 1) * window - from, decisions };
}
