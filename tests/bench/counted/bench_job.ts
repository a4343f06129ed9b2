/**
 * The job that is measured, and its documents: a real HDFS log, again and again.
 *
 * @module
 */
import { gunzipSync } from "node:zlib";
import { streamSettings } from "../../../lib/model/stream_settings.ts";
import { NOTHING_WATCHED } from "../../../lib/model/watched.ts";
import type { JobDefinition } from "../../../lib/store/counted/job.ts";
import { Miner } from "../../../lib/template/miner.ts";
import { REAL_LOGS } from "../../needs.ts";

/** The index that documents are in. */
export const INDEX = "bench-hdfs";
/** Lines that templates are learned from. */
const LEARNED = 20_000;
const DAY = 86_400_000;

/** Lines of the log. */
export async function hdfsLines(): Promise<string[]> {
  const packed = await Deno.readFile(new URL("hdfs_loglead_2pct/HDFS_2pct.log.gz", REAL_LOGS));
  return new TextDecoder().decode(gunzipSync(packed)).split(/\r?\n/).filter((line) => line !== "");
}

/** A job of that name; `session` = `-`: time windows only. */
export async function benchJob(name: string, session: string): Promise<JobDefinition> {
  const miner = new Miner();
  for (const line of (await hdfsLines()).slice(0, LEARNED)) {
    const bytes = new TextEncoder().encode(partsOf(line).message);
    miner.learnLine(bytes, 0, bytes.length);
  }
  return {
    settings: streamSettings({ name, session: session === "-" ? null : session, service: "field" }),
    ...{ index: INDEX, fields: {}, query: null, watched: NOTHING_WATCHED },
    catalogue: miner.freeze().catalogue.toJSON(),
  };
}

/** The lines as documents, `times` times, each time later by the log's own span; block ids differ. */
export function* documents(
  lines: readonly string[],
  times: number,
): Generator<[id: string, source: unknown]> {
  const parts = lines.map(partsOf), span = (Math.floor((parts.at(-1)!.time - parts[0].time) / DAY) + 1) * DAY;
  for (let pass = 0, sequence = 0; pass < times; pass++) {
    for (const { time, level, message } of parts) {
      const source = {
        "@timestamp": new Date(time + pass * span).toISOString(),
        log: { level },
        event: { sequence },
        service: { name: "hdfs" },
        message: pass === 0 ? message : message.replaceAll(/blk_(-?\d)/g, `blk_$1${pass}`),
      };
      yield [`${sequence++}`, source];
    }
  }
}

function partsOf(line: string): { time: number; level: string; message: string } {
  const [, date, clock, level, message] = /^(\d{6}) (\d{6}) \d+ ([A-Z]+) [^:]+: (.*)$/.exec(line)!;
  const [year, month, day] = date.match(/../g)!, [hour, minute, second] = clock.match(/../g)!;
  return {
    time: Date.UTC(2000 + Number(year), Number(month) - 1, Number(day), +hour, +minute, +second),
    level,
    message,
  };
}
