/**
 * Lines as batches and facts, and windows of facts.
 *
 * @module
 */
import { SourceCollector } from "../../../lib/detector/threat/source_collector.ts";
import { SourceFact } from "../../../lib/detector/threat/source_fact.ts";
import { ThreatMemory } from "../../../lib/detector/threat/threat_memory.ts";
import { LogBatch } from "../../../lib/record/log_batch.ts";

export const HOUR = 3_600_000, DAY = 24 * HOUR;

/** A batch of messages; each is a template of its own, at `time` + its number. Access lines have their header told apart. */
export function batchOf(lines: readonly (string | Uint8Array)[], time = 0): LogBatch {
  const batch = new LogBatch(undefined, 1 << 20), encoder = new TextEncoder();
  let at = 0;
  for (const [row, line] of lines.entries()) {
    const bytes = typeof line === "string" ? encoder.encode(line) : line;
    batch.bytes.set(bytes, at);
    batch.start[row] = at;
    const close = typeof line === "string" ? line.indexOf('] "') : -1;
    batch.contentStart[row] = close < 0 ? at : at + close + 2;
    batch.contentEnd[row] = batch.recordEnd[row] = at += bytes.length;
    batch.timestamp[row] = time + row;
    batch.template[row] = row;
    batch.length = row + 1;
  }
  return batch;
}

/** What a collector notes of lines. */
export function factOf(lines: readonly (string | Uint8Array)[], time = 0): SourceFact {
  const batch = batchOf(lines, time), collector = new SourceCollector();
  let fact: SourceFact | undefined;
  for (let row = 0; row < batch.length; row++) fact = collector.add(fact, batch, row);
  return fact ?? new SourceFact();
}

/** Adds an hour with these lines; `hour` counts from 0. */
export function addHour(memory: ThreatMemory, hour: number, lines: readonly string[]): void {
  const fact = lines.length === 0 ? undefined : factOf(lines, hour * HOUR);
  memory.add({ start: hour * HOUR, end: (hour + 1) * HOUR, lines: lines.length, fact });
}

/** `times` refused logins. */
export const refused = (source: string, user = "root", times = 1): string[] =>
  Array.from({ length: times }, (_, i) => `Failed password for ${user} from ${source} port ${4000 + i} ssh2`);

/** An accepted login. */
export const accepted = (source: string, user: string): string =>
  `Accepted password for ${user} from ${source} port 4000 ssh2`;

/** A line of an access log. */
export const request = (
  source: string,
  target: string,
  status = 200,
  method = "GET",
  agent = "Mozilla/5.0",
): string =>
  `${source} - - [02/Mar/2026:10:00:00 +0000] "${method} ${target} HTTP/1.1" ${status} 512 "-" "${agent}"`;
