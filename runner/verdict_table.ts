/**
 * `--verdicts FILE.csv`: one row for every window.
 *
 * @module
 */
import type { JudgedWindows, Verdict } from "../lib/mod.ts";

const HEADER = "key,start,end,lines,score,threshold,anomalous,reasons\n";
/** Text that is collected before it is written. */
const BLOCK = 1 << 18;

/** Writes verdicts to a file as they come. */
export class VerdictTable {
  #file: Deno.FsFile;
  #text = HEADER;

  /** Creates or empties the file at `path`. */
  constructor(path: string) {
    this.#file = Deno.openSync(path, { write: true, create: true, truncate: true });
  }

  /** Adds a row for every window. */
  add(judged: JudgedWindows): void {
    const { windows, score, threshold } = judged;
    for (let i = 0; i < windows.length; i++) {
      const verdict = judged.anomalous.get(i);
      const times = `${instant(windows.start[i])},${instant(windows.end[i])}`;
      this.#text +=
        `${field(windows.key(i))},${times},${windows.lines[i]},${shortest(score[i])},${threshold},` +
        `${verdict !== undefined},${verdict ? field(reasonsOf(verdict)) : ""}\n`;
      if (this.#text.length > BLOCK) this.#flush();
    }
  }

  /** Writes what is left and closes the file. */
  close(): void {
    this.#flush();
    this.#file.close();
  }

  #flush(): void {
    let bytes = new TextEncoder().encode(this.#text);
    while (bytes.length > 0) bytes = bytes.subarray(this.#file.writeSync(bytes));
    this.#text = "";
  }
}

function instant(time: number): string {
  return Number.isNaN(time) ? "" : new Date(time).toISOString();
}

function shortest(score: number): string {
  return String(Number(score.toPrecision(6)));
}

/** RFC 4180. */
function field(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function reasonsOf(verdict: Verdict): string {
  return JSON.stringify(verdict.reasons.map(({ detector, kind, id, title, share, actual, expected }) => ({
    detector,
    kind,
    id,
    title,
    share: Number(share.toFixed(4)),
    actual,
    expected: Number(expected.toFixed(2)),
  })));
}
