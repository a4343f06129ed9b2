/**
 * How models are fitted, from the settings and the command line.
 *
 * @module
 */
import type { FitStreamOptions } from "../../lib/mod.ts";
import type { Config } from "../config.ts";
import type { RunOptions } from "../options.ts";
import { bar, type Progress } from "../progress.ts";

/** Detectors, threshold rule, seed, and a line of progress. */
export function fitOptions(
  config: Config,
  options: Pick<RunOptions, "seed">,
  progress: Progress,
): FitStreamOptions {
  const { detectors, threshold, seed } = config.model;
  return {
    detectors,
    threshold: { ...threshold, alertsPerDay: threshold.alerts_per_day },
    seed: options.seed ?? seed,
    onProgress: ({ step, done, total, loss }) => {
      const figure = loss === undefined ? "" : `, loss ${loss.toPrecision(3)}`;
      progress.show(() => `training: ${step} ${bar(done, total)} ${done}/${total}${figure}`);
    },
  };
}
