/**
 * Logs of containers as Kubernetes' runtimes write them.
 *
 * @module
 */
import type { Format } from "../format.ts";
import type { LogBatch } from "../log_batch.ts";
import { ContainerParser } from "./container_parser.ts";

const FULL = 70, PARTIAL = 80; // F, P

class CriParser extends ContainerParser {
  protected override header(batch: LogBatch, i: number): 0 | 1 | 2 {
    const { bytes } = batch, start = batch.start[i], end = batch.recordEnd[i];
    const time = this.times.iso(bytes, start, end), p = this.times.end;
    if (time !== time || p + 9 > end || !isStream(bytes, p)) return 0;
    const stream = bytes[p + 4], tag = bytes[p + 8];
    if (tag !== FULL && tag !== PARTIAL) return 0;
    let message = p + 9;
    while (message < end && bytes[message] !== 32) message++; // more tags behind a colon
    if (message > p + 9 && bytes[p + 9] !== 58) return 0;
    if (message < end) message++;
    const goesOn = this.pieces.goesOn(batch, i, stream);
    if (tag === PARTIAL) this.pieces.note(batch, i, stream);
    if (goesOn || !this.inner.read(batch, i, { start: message, end })) return 2;
    batch.timestamp[i] = time;
    return 1;
  }
}

/** Whether ` stdout ` or ` stderr ` stands at `p`. */
function isStream(bytes: Uint8Array, p: number): boolean {
  if (bytes[p] !== 32 || bytes[p + 1] !== 115 || bytes[p + 2] !== 116 || bytes[p + 3] !== 100) return false;
  const out = bytes[p + 4] === 111 && bytes[p + 5] === 117 && bytes[p + 6] === 116;
  const error = bytes[p + 4] === 101 && bytes[p + 5] === 114 && bytes[p + 6] === 114;
  return (out || error) && bytes[p + 7] === 32;
}

/**
 * `2026-03-02T10:00:00.123456789Z stderr F message` as containerd, CRI-O and podman write it. A line cut into pieces (`P`) is one
 * record with the first piece as its content; frames of a stack trace join their record.
 *
 * The header that the program itself wrote is read too, see {@linkcode InnerMessage}; the time is the runtime's.
 *
 * @see Kubernetes, "CRI logging", design proposal kubelet-cri-logging.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { cri } from "./cri.ts";
 *
 * assert(cri.examples.length > 0);
 * ```
 */
export const cri: Format = {
  name: "cri",
  title: "Kubernetes containers (CRI): time, stream, tag, message",
  covers: ["iso8601", "log4j"],
  examples: [
    "2026-03-02T10:00:00.123456789Z stdout F order 4711 paid",
    '2026-03-02T10:00:00.123456789Z stderr F {"level":"error","service":"checkout","msg":"order 4711 failed"}',
    '2026-03-02T11:00:00.123456789+01:00 stderr F time="2026-03-02T10:00:00Z" level=warning msg="stock is short"',
    "2026-03-02T10:00:00.123456789Z stdout F 2026-03-02 10:00:00.122  INFO 1 --- [main] shop.ledger.Ledger : booked",
    "2026-03-02T10:00:00.123456789Z stderr P the first piece of a long line",
  ],
  multiline: true,
  open: (options, state) => new CriParser(options, state),
};
