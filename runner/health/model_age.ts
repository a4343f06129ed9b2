/**
 * Models that are old.
 *
 * @module
 */
import { lengthText, type State } from "../../lib/mod.ts";
import type { Config } from "../config.ts";
import { formatDuration } from "../config/duration.ts";
import type { StreamOutcome } from "../detect/outcome.ts";

/** It is said again after so long, ms. */
const AGAIN = 86_400_000;

/**
 * Which streams have gone on behind what their model has learned from for longer than `model.retrain_after`: once a day. That is no
 * trouble, and nobody is alerted: `train --if-needed` sees to it.
 */
export function modelAgeRemarks(
  state: State,
  { streams: settings, model: { retrain_after: limit } }: Pick<Config, "streams" | "model">,
  { streams, now }: { streams: readonly StreamOutcome[]; now: number },
): string[] {
  return settings.flatMap(({ name, clock }) => {
    const outcome = streams.find((one) => one.name === name), to = outcome?.model?.trained.to ?? NaN;
    const age = (clock === "wall" ? now : outcome?.reached ?? NaN) - to;
    if (!(age >= limit) || !isDue(state, name, now)) return [];
    return [
      `stream ${name} has gone on for ${lengthText(age)} behind what model ${
        outcome!.version
      } has learned from, model.retrain_after is ${formatDuration(limit)}: \`deno task train --if-needed\``,
    ];
  });
}

/** Whether it was not said for a day; notes that it is said now. */
function isDue(state: State, stream: string, now: number): boolean {
  const at = state.conditions.get("model age", stream);
  if (typeof at === "number" && Math.abs(now - at) < AGAIN) return false;
  state.conditions.put({ kind: "model age", names: [stream], detail: now });
  return true;
}
