/** Messages with the templates that are learned from them. */
import { LogBatch } from "../../../lib/record/log_batch.ts";
import type { Catalogue } from "../../../lib/template/catalogue.ts";
import { Miner } from "../../../lib/template/miner.ts";

/** A batch of these messages, matched. */
export function mined(...texts: string[]): { batch: LogBatch; catalogue: Catalogue } {
  const batch = new LogBatch(), encoder = new TextEncoder(), miner = new Miner();
  for (const text of texts) {
    const row = batch.length++;
    batch.start[row] = batch.contentStart[row] = batch.filled;
    batch.filled += encoder.encodeInto(text, batch.bytes.subarray(batch.filled)).written;
    batch.contentEnd[row] = batch.recordEnd[row] = batch.filled;
  }
  miner.learn(batch);
  const { catalogue } = miner.freeze();
  catalogue.match(batch);
  return { batch, catalogue };
}
