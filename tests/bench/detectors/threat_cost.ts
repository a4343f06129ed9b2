/**
 * What noting the sources of records costs.
 *
 * @module
 */
import { cpuUsage } from "node:process";
import { SourceCollector } from "../../../lib/detector/threat/source_collector.ts";
import type { SourceFact } from "../../../lib/detector/threat/source_fact.ts";
import { LogBatch } from "../../../lib/record/log_batch.ts";
import { ThreatEnsemble } from "../../../lib/ensemble/threats.ts";
import type { Cell, ReportTable } from "../templates/report.ts";

const ROWS = 1000, PASSES = 1000;

/** Name, line and text of its template. */
const KINDS: readonly (readonly [string, (i: number) => string, string])[] = [
  [
    "not about security",
    (i) => `Received block blk_${i} of size ${i * 7919} from 198.51.100.7`,
    "Received block <*> of size <*> from <*>",
  ],
  [
    "request",
    (i) => `198.51.100.${i % 250} - - [x] "GET /product/${i} HTTP/1.1" 200 ${i} "-" "Mozilla/5.0 (X11)"`,
    '"GET <*> HTTP/1.1" <*> <*> "-" <*>',
  ],
  [
    "request, encoded query",
    (i) => `198.51.100.${i % 250} - - [x] "GET /search?q=caf%C3%A9+${i} HTTP/1.1" 200 9 "-" "-"`,
    '"GET <*> HTTP/1.1" <*> <*> "-" <*>',
  ],
  [
    "refused login",
    (i) => `Failed password for invalid user u${i % 90} from 198.51.100.${i % 250} port ${i} ssh2`,
    "Failed password for invalid user <*> from <*> port <*> ssh2",
  ],
];

function batchOf(line: (i: number) => string, template: number): LogBatch {
  const batch = new LogBatch(), encoder = new TextEncoder();
  for (let i = 0, at = 0; i < ROWS; i++) {
    const bytes = encoder.encode(line(i));
    batch.bytes.set(bytes, at);
    batch.start[i] = at;
    batch.contentStart[i] = line(i).includes("[x]") ? at + line(i).indexOf('"') : at;
    batch.contentEnd[i] = batch.recordEnd[i] = at += bytes.length;
    batch.timestamp[i] = i;
    batch.template[i] = template;
    batch.length++;
  }
  return batch;
}

/** Processor time of this process so far, ms: it depends less on what else the machine does than time does. */
function cpuTime(): number {
  const { user, system } = cpuUsage();
  return (user + system) / 1000;
}

/** Nanoseconds a record, in the median of five; warmed up. */
function nanoseconds(batch: LogBatch, collector: SourceCollector): [number, SourceFact | undefined] {
  const times: number[] = [];
  let fact: SourceFact | undefined;
  for (let round = 0; round < 6; round++) {
    const begun = cpuTime();
    for (let pass = 0; pass < PASSES / 10; pass++) {
      fact = undefined;
      for (let row = 0; row < ROWS; row++) fact = collector.add(fact, batch, row);
    }
    if (round > 0) times.push((cpuTime() - begun) * 1e6 / (ROWS * PASSES / 10));
  }
  return [times.sort((a, b) => a - b)[2], fact];
}

/** Cost of the collector by kind of line, and of judging a window. */
export function measureThreatCost(): ReportTable {
  const rows = KINDS.map(([name, line, text], template): Cell[] => {
    const collector = new SourceCollector({ textOf: () => text }),
      [time, fact] = nanoseconds(batchOf(line, template), collector);
    const size = fact === undefined ? 0 : JSON.stringify(fact).length;
    return [name, Math.round(time), fact?.sources.size ?? 0, size, fact === undefined ? null : judging(fact)];
  });
  return {
    title: "Cost",
    notes: [
      `A window of ${ROWS} records each; processor time, median of five; bytes of a fact as JSON; microseconds to judge such a window`,
    ],
    columns: ["record", "ns", "sources", "bytes", "µs/window"],
    rows,
  };
}

function judging(fact: SourceFact): number {
  const events = { templates: new Int32Array(0), counts: new Int32Array(0), levels: new Uint8Array(0) };
  const facts = new Map([["sources", fact]]),
    state = ThreatEnsemble.fit([]).start(),
    ensemble = ThreatEnsemble.fit([]);
  const begun = cpuTime(), windows = 50;
  for (let i = 0; i < windows; i++) {
    ensemble.judge(state, { start: i * 3e5, end: (i + 1) * 3e5, lines: ROWS, events, sequence: null, facts });
  }
  return Math.round((cpuTime() - begun) * 1000 / windows);
}
