/**
 * The log files on disk.
 *
 * @module
 */
import type { Span } from "./calendar.ts";
import type { Seen } from "./labels.ts";
import { shopRecords } from "./records.ts";
import { FILES, type Shop } from "./shop.ts";
import type { ShopRecord } from "./timeline.ts";

/** One log file being written, counted on the way. */
export class LogFile {
  readonly name: string;
  lines = 0;
  bytes = 0;
  #file: Deno.FsFile;
  #buffer = new Uint8Array(1 << 20);
  #used = 0;
  #encoder = new TextEncoder();

  constructor(folder: string, name: string) {
    this.name = name;
    this.#file = Deno.openSync(`${folder}/${name}`, { write: true, create: true, truncate: true });
  }

  /** Appends the records; every line of them ends with a newline. */
  write(records: readonly ShopRecord[]): void {
    for (const { text } of records) {
      if (this.#used + text.length * 3 + 1 > this.#buffer.length) this.#flush();
      this.#used += this.#encoder.encodeInto(text, this.#buffer.subarray(this.#used)).written;
      this.#buffer[this.#used++] = 10;
      this.lines++;
      for (let i = text.indexOf("\n"); i >= 0; i = text.indexOf("\n", i + 1)) this.lines++;
    }
  }

  #flush(): void {
    for (let done = 0; done < this.#used;) {
      done += this.#file.writeSync(this.#buffer.subarray(done, this.#used));
    }
    this.bytes += this.#used;
    this.#used = 0;
  }

  /** The file's time becomes that of its last lines, so that a year that lines don't name can be inferred from it. */
  close(end: number): void {
    this.#flush();
    this.#file.utimeSync(end / 1000, end / 1000);
    this.#file.close();
  }
}

/** Writes what the shop's logs say in the span, and counts what each entry of the plan did. */
export function writeLogs(shop: Shop, span: Span, folder: string): { files: LogFile[]; seen: Seen[] } {
  const files = Object.values(FILES).map((name) => new LogFile(folder, name));
  const seen = shop.plan.map(() => ({ records: 0, first: Infinity, last: -Infinity }));
  for (const hour of shopRecords(shop, span)) {
    hour.forEach((records, i) => {
      files[i].write(records);
      for (const { planted, time } of records) {
        if (planted < 0) continue;
        const entry = seen[planted];
        entry.records++;
        entry.first = Math.min(entry.first, time);
        entry.last = Math.max(entry.last, time);
      }
    });
  }
  for (const file of files) file.close(span.to);
  return { files, seen };
}
