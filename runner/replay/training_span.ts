/**
 * What a model was trained on: read, but not judged.
 *
 * @module
 */
import { createWindows, Dictionary, type State, streamCollectors, type StreamModel } from "../../lib/mod.ts";
import type { StreamConfig } from "../config.ts";
import type { Context } from "../context.ts";
import { saveStart } from "../detect/commit.ts";
import { LineRecords } from "../detect/line_records.ts";

/** Behind the last record of a training, ms: less than the time between any two that differ. */
const BEHIND = 1e-3;

/**
 * Has a stream's first scan begin behind what its model was trained on, as it does where a run trains it: with what was open there.
 *
 * @param state Where that is kept.
 */
export async function passTraining(
  stream: StreamConfig,
  { model, version }: { model: StreamModel; version: string },
  state: State,
  context: Context,
): Promise<void> {
  const { settings } = model, { window, lateness } = settings, services = new Dictionary();
  const records = await LineRecords.open(stream, { model, services }, { inputs: [] }, context);
  const windows = createWindows(settings, services, { collectors: streamCollectors(settings, model) });
  records.until = model.trained.to + BEHIND;
  try {
    let border = -Infinity;
    for (let next = await records.next(); next !== null; next = await records.next()) {
      next.addTo(windows);
      const reached = Math.floor(records.watermark(lateness) / window);
      if (reached > border) windows.close((border = reached) * window);
    }
    const watermark = records.watermark(lateness);
    if (Number.isFinite(watermark)) windows.close(watermark);
    const positions = await records.positions();
    state.transaction(() => saveStart(state, { version, model, learned: { records, windows }, positions }));
  } finally {
    await records.close();
  }
}
