/** Made logs with an incident in them, and a model that knows the calm ones. */
import { fitStream } from "../../../lib/model/fit.ts";
import { learn } from "../../../lib/model/learn.ts";
import type { StreamModel } from "../../../lib/model/stream_model.ts";
import { streamSettings } from "../../../lib/model/stream_settings.ts";
import type { Input } from "../../../lib/source/input.ts";
import { stdinInput } from "../../../lib/source/stdin.ts";

export const MINUTE = 60_000, HOUR = 60 * MINUTE, DAY = 24 * HOUR;
/** When the calm days end and the day of the incident begins. */
export const TODAY = Date.UTC(2026, 2, 3);

/** A line of log at a time, ms. */
export interface Line {
  time: number;
  text: string;
}

/** A log to be read once. */
export function logOf(lines: readonly Line[]): Input[] {
  const sorted = lines.toSorted((a, b) => a.time - b.time);
  const text = sorted.map(({ time, text }) => `${new Date(time).toISOString()} ${text}\n`).join("");
  return [stdinInput(new Blob([text]).stream())];
}

/** Two lines a minute, and a job every hour, between two times. */
export function calm(from: number, to: number): Line[] {
  const lines: Line[] = [];
  for (let time = from; time < to; time += MINUTE) {
    const minute = Math.round(time / MINUTE);
    lines.push({ time, text: `INFO request ${minute} served in ${5 + minute % 7} ms` });
    lines.push({ time: time + 30_000, text: "INFO health check ok" });
    if (minute % 60 === 7) lines.push({ time: time + 5_000, text: `WARN cache evicted ${minute} entries` });
  }
  return lines;
}

let model: Promise<StreamModel> | null = null;

/** A model that has learned two calm days. */
export function calmModel(): Promise<StreamModel> {
  return model ??= (async () => {
    const settings = streamSettings({ name: "shop", window: 5 * MINUTE, session: "order=(\\d+)" });
    const learned = await learn(settings, logOf(calm(TODAY - 2 * DAY, TODAY - DAY)));
    return await fitStream(learned, {
      detectors: ["new-template"],
      threshold: { rule: "quantile", level: 0.99, k: 3 },
    });
  })();
}
