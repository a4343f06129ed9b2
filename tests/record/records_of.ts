import { Dictionary } from "../../lib/record/dictionary.ts";
import type { LogRecord } from "../../lib/record/log_batch.ts";
import { RecordReader, type RecordReaderOptions } from "../../lib/record/record_reader.ts";
import { bytesOf, MemoryInput } from "./memory_input.ts";

/** A record as it must be, however its input was cut: without its text and number of lines, which depend on the batch. */
export type CutInvariant = Omit<LogRecord, "text" | "lines">;

/** All that a reader gives. */
export interface ReadThrough {
  records: LogRecord[];
  continued: number;
  reader: RecordReader;
}

/** Reads everything there is now. */
export async function readThrough(reader: RecordReader): Promise<ReadThrough> {
  const records: LogRecord[] = [];
  let continued = 0;
  for (let batch = await reader.next(); batch !== null; batch = await reader.next()) {
    continued += batch.continued;
    for (let i = 0; i < batch.length; i++) records.push(batch.record(i));
  }
  return { records, continued, reader };
}

/** The records of a text, by default delivered at once and with the format told from it. */
export function recordsOf(
  text: string | Uint8Array,
  options: Partial<RecordReaderOptions> = {},
  input: MemoryInput = new MemoryInput(bytesOf(text)),
): Promise<ReadThrough> {
  return readThrough(
    new RecordReader(input, {
      services: new Dictionary(),
      fallbackService: "fallback",
      loggers: true,
      formatOptions: { referenceTime: Date.UTC(2026, 2, 2) },
      ...options,
    }),
  );
}

export function cutInvariant({ timestamp, severity, service, content, offset }: LogRecord): CutInvariant {
  return { timestamp, severity, service, content, offset };
}
