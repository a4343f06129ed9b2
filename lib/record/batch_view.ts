/**
 * A batch as people look at it.
 *
 * @module
 */
import { countText, numberText } from "../table/figures.ts";
import type { MimeBundle } from "../table/jupyter.ts";
import { Table } from "../table/table.ts";
import { levelOfSeverity } from "./level.ts";
import { redact } from "./redaction.ts";

/** Records that are shown. */
const SHOWN = 8;

/** What is looked at of a batch. */
interface BatchRows {
  length: number;
  filled: number;
  parsed: Uint8Array;
  record(i: number): {
    timestamp: number | null;
    severity: number;
    service: string | null;
    content: string;
    lines: number;
  };
}

/** The first records of a batch, redacted, under a sentence that says what it holds. */
export function batchView(batch: BatchRows): MimeBundle {
  const parsed = batch.parsed.subarray(0, batch.length).reduce((sum, one) => sum + one, 0);
  const rows = Array.from({ length: Math.min(SHOWN, batch.length) }, (_, i) => {
    const { timestamp, severity, service, content, lines } = batch.record(i);
    return {
      time: timestamp === null ? null : new Date(timestamp).toISOString(),
      level: severity === 0 ? null : levelOfSeverity(severity),
      service,
      lines,
      content: redact(content),
    };
  });
  return Table.from(rows).toMimeBundle(
    `A batch of ${countText(batch.length, "record")}, ${numberText(parsed)} of them understood, in ${
      numberText(batch.filled)
    } bytes${batch.length > SHOWN ? `; its first ${SHOWN}` : ""}`,
  );
}
