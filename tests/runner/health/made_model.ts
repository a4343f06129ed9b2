/**
 * A model that has learned next to nothing.
 *
 * @module
 */
import { fitStream, learn, stdinInput, type StreamModel, streamSettings } from "../../../lib/mod.ts";

/** The model of a stream of two lines of 2026-03-02, 10:00 UTC. */
export async function madeModel(name: string): Promise<StreamModel> {
  const log = "2026-03-02T10:00:01Z INFO request 7 served\n2026-03-02T10:01:02Z INFO request 8 served\n";
  const learned = await learn(streamSettings({ name, window: 60_000 }), [
    stdinInput(new Blob([log]).stream()),
  ]);
  const threshold = { rule: "quantile", level: .99, k: 3 };
  return await fitStream(learned, { detectors: ["new-template"], threshold });
}
