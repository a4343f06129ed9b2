import assert from "node:assert/strict";
import type { Format, FormatOptions } from "../../../lib/record/format.ts";
import { recordsOf } from "../records_of.ts";

/** Time (ISO), severity, service, content; `null` for a line whose header doesn't parse. */
export type Golden = [line: string, expected: [string | null, number, string | null, string] | null];

/** Checks what `format` reads of each line, one file a line. */
export async function checkGolden(format: Format, golden: Golden[], formatOptions: FormatOptions = {}) {
  for (const [line, expected] of golden) {
    const { records, reader } = await recordsOf(line + "\n", { format, formatOptions });
    assert.equal(records.length, 1, line);
    const { timestamp, severity, service, content } = records[0];
    const time = timestamp === null ? null : new Date(timestamp).toISOString();
    assert.deepEqual(
      [reader.quality.share === 1, time, severity, service === "fallback" ? null : service, content],
      expected === null ? [false, null, 0, null, line] : [true, ...expected],
      line,
    );
  }
}
