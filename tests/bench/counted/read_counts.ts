/**
 * A process that reads an index into windows, as lines or as what was counted of them, and tells what that took:
 * `read_counts.ts URL lines|counts INDEX SESSION`.
 *
 * @module
 */
import process from "node:process";
import { MappedRecords } from "../../../lib/model/mapped/mapped_records.ts";
import { MergedRecords } from "../../../lib/model/merged_records.ts";
import { streamCollectors } from "../../../lib/model/stream_collectors.ts";
import { createWindows } from "../../../lib/model/stream_settings.ts";
import type { StretchSource } from "../../../lib/model/stretch.ts";
import { NOTHING_WATCHED } from "../../../lib/model/watched.ts";
import { Dictionary } from "../../../lib/record/dictionary.ts";
import { connect } from "../../../lib/source/elasticsearch/connection.ts";
import { IndexInput } from "../../../lib/source/elasticsearch/index_input.ts";
import { CountedStream } from "../../../lib/store/counted/counted_stream.ts";
import { Catalogue } from "../../../lib/template/catalogue.ts";
import { benchJob } from "./bench_job.ts";

/** What reading took. */
export interface ReadFigures {
  records: number;
  windows: number;
  seconds: number;
  /** Processor time of the process, seconds. */
  cpu: number;
  /** Greatest memory, bytes. */
  memory: number;
}

const [url, way, name, session] = Deno.args, definition = await benchJob(name, session);
const { settings } = definition,
  services = new Dictionary(),
  catalogue = Catalogue.fromJSON(definition.catalogue);
const began = performance.now(), before = process.cpuUsage();
const client = await connect({ nodes: [url] });

async function source(): Promise<StretchSource> {
  if (way === "lines") {
    const input = new IndexInput({ nodes: [url] }, { index: definition.index });
    return new MergedRecords([input], { settings, services, onBatch: (batch) => catalogue.match(batch) });
  }
  const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
  const options = { owner: "reducer", now: Date.now, random: Math.random, pause };
  return new MappedRecords(await CountedStream.open(client, definition, options), {
    settings,
    catalogue,
    name,
  });
}

const records = await source(),
  collectors = streamCollectors(settings, { catalogue, watched: NOTHING_WATCHED });
const windows = createWindows(settings, services, { collectors });
let closed = 0;
for (
  let next = await records.next(settings.lateness);
  next !== null;
  next = await records.next(settings.lateness)
) {
  next.addTo(windows);
  const border = Math.floor(records.watermark(settings.lateness) / settings.window) * settings.window;
  if (Number.isFinite(border) && border > windows.watermark) closed += windows.close(border).length;
}
closed += windows.closeAll().length;
await client.close();
const { user, system } = process.cpuUsage(before), seconds = (performance.now() - began) / 1000;
const memory = Number(/VmHWM:\s*(\d+)/.exec(Deno.readTextFileSync("/proc/self/status"))?.[1] ?? NaN) * 1024;
const figures: ReadFigures = {
  records: windows.stats.records,
  windows: closed,
  seconds,
  cpu: (user + system) / 1e6,
  memory,
};
console.log(JSON.stringify(figures));
Deno.exit(0);
