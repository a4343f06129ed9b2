/**
 * Training on one part of a log and judging another, as `train` and `detect --input` would.
 *
 * @module
 */
import {
  closedVerdicts,
  fitStream,
  type Input,
  type JudgedWindow,
  learn,
  scanOnce,
  type StreamModel,
  type StreamSettings,
} from "../../lib/mod.ts";
import type { Config } from "../config.ts";
import { fitOptions } from "../detect/fit_options.ts";
import type { Progress } from "../progress.ts";

/** How models are trained in trials. */
export interface TrialOptions {
  config: Config;
  /** `null` = those of the settings. */
  detectors: readonly string[] | null;
  seed: number;
  progress: Progress;
}

/**
 * A model of what the inputs hold.
 *
 * @param open Opens them, anew each time: they are read twice, as by `train`.
 */
export async function trainOn(
  settings: StreamSettings,
  open: () => Input[] | Promise<Input[]>,
  { config, detectors, seed, progress }: TrialOptions,
): Promise<StreamModel> {
  const learned = await learn(settings, await open(), { reopen: async () => await open() });
  learned.records.close();
  const options = fitOptions(config, { seed }, progress);
  return await fitStream(learned, detectors === null ? options : { ...options, detectors });
}

/** Verdicts as rows of a verdicts file would say them. */
export interface Trial {
  verdicts: JudgedWindow[];
  /** What the leading reason of an anomalous one says, by its key. */
  titles: Map<string, string>;
}

/** The verdicts on what the inputs hold. */
export async function judgedBy(model: StreamModel, inputs: Input[]): Promise<Trial> {
  const { windows, score, threshold, services, anomalous } = await scanOnce(model, inputs);
  const verdicts = closedVerdicts(windows, {
    ...{ score, threshold, services },
    reason: (window) => anomalous.get(window)?.reasons[0],
  });
  const titles = [...anomalous].map(([window, { reasons: [first] }]) =>
    [verdicts[window].key, first?.title ?? ""] as const
  );
  return { verdicts, titles: new Map(titles) };
}
