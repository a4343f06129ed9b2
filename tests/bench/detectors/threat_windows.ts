/**
 * Time windows of a log with what its sources did, made without a model.
 *
 * @module
 */
import { SourceCollector } from "../../../lib/detector/threat/source_collector.ts";
import type { SourceFact } from "../../../lib/detector/threat/source_fact.ts";
import type { EventWindow } from "../../../lib/feature/event_window.ts";
import { Dictionary } from "../../../lib/record/dictionary.ts";
import type { LogBatch } from "../../../lib/record/log_batch.ts";
import { RecordReader } from "../../../lib/record/record_reader.ts";
import { openFiles } from "../../../lib/source/files.ts";
import { Miner } from "../../../lib/template/miner.ts";

/** How a log is cut into windows. */
export interface CutOptions {
  /** ms. */
  size: number;
  /** Of records that name no service. */
  service: string;
  /** Where training ends, ms: templates are learned before, and matched from there on. */
  split: number;
}

/** Times without a year are taken for 2026. */
const YEAR_END = Date.UTC(2026, 11, 1);

const NOTHING = { templates: new Int32Array(0), counts: new Int32Array(0), levels: new Uint8Array(0) };

/** Calls `visit` with every batch of a file. */
async function readLog(
  path: string,
  service: string,
  visit: (batch: LogBatch) => void,
  services = new Dictionary(),
): Promise<Dictionary> {
  const { inputs } = await openFiles([path]);
  for (const input of inputs) {
    const formatOptions = { referenceTime: YEAR_END };
    const reader = new RecordReader(input, { services, fallbackService: service, formatOptions });
    for (let batch = await reader.next(); batch !== null; batch = await reader.next()) visit(batch);
    reader.close();
  }
  return services;
}

/** Windows of one service by number, as they fill. */
type Filling = Map<number, { lines: number; fact: SourceFact | undefined }>;

/** The time windows of each service, empty ones in between included, in order. */
export async function cutLog(path: string, options: CutOptions): Promise<Map<string, EventWindow[]>> {
  const { size, service, split } = options, miner = new Miner(), services = new Dictionary();
  const filling = new Map<number, Filling>();
  const fill = (batch: LogBatch, row: number, collector: SourceCollector) => {
    const windows = filling.get(batch.service[row]) ?? new Map(),
      number = Math.floor(batch.timestamp[row] / size);
    const window = windows.get(number) ?? { lines: 0, fact: undefined };
    window.lines++;
    window.fact = collector.add(window.fact, batch, row);
    windows.set(number, window);
    filling.set(batch.service[row], windows);
  };
  const learning = new SourceCollector();
  await readLog(path, service, (batch) => {
    for (let row = 0; row < batch.length; row++) {
      if (!(batch.timestamp[row] < split)) continue;
      miner.learn(batch, row, row + 1);
      fill(batch, row, learning);
    }
  }, services);
  const { catalogue } = miner.freeze();
  const matching = new SourceCollector({ textOf: (template) => catalogue.template(template).text });
  await readLog(path, service, (batch) => {
    for (let row = 0; row < batch.length; row++) {
      if (!(batch.timestamp[row] >= split)) continue;
      catalogue.match(batch, row, row + 1);
      fill(batch, row, matching);
    }
  }, services);
  return new Map([...filling].map(([number, windows]) => [services.text(number), inOrder(windows, size)]));
}

function inOrder(windows: Filling, size: number): EventWindow[] {
  const numbers = [...windows.keys()], first = Math.min(...numbers), last = Math.max(...numbers);
  return Array.from({ length: last - first + 1 }, (_, i) => {
    const { lines, fact } = windows.get(first + i) ?? { lines: 0, fact: undefined };
    const facts = fact === undefined ? undefined : new Map([["sources", fact]]);
    const start = (first + i) * size;
    return { start, end: start + size, lines, events: NOTHING, sequence: null, facts };
  });
}
