/**
 * `--verdicts FILE.csv`: one row for every window.
 *
 * @module
 */
import type { JudgedWindows, Reason } from "../lib/mod.ts";

const HEADER = "key,start,end,lines,score,threshold,anomalous,reasons\n";
/** Text that is collected before it is written. */
const BLOCK = 1 << 18;

/** Writes verdicts to a file as they come. */
export class VerdictTable {
  #file: Deno.FsFile;
  #text = HEADER;
  #instants = new Instants();
  #scores = new Map<number, string>();
  #reasons = new WeakMap<readonly Reason[], string>();

  /** Creates or empties the file at `path`. */
  constructor(path: string) {
    try {
      this.#file = Deno.openSync(path, { write: true, create: true, truncate: true });
    } catch (cause) {
      throw new Error(`Cannot write verdicts: ${path}: ${(cause as Error).message}`, { cause });
    }
  }

  /** Adds a row for every window. */
  add(judged: JudgedWindows): void {
    const { windows, score, threshold } = judged;
    for (let i = 0; i < windows.length; i++) {
      const verdict = judged.anomalous.get(i);
      const times = `${this.#instants.text(windows.start[i])},${this.#instants.text(windows.end[i])}`;
      this.#text +=
        `${field(windows.key(i))},${times},${windows.lines[i]},${
          shortest(score[i], this.#scores)
        },${threshold},` +
        `${verdict !== undefined},${verdict ? this.#reasonsOf(verdict.reasons) : ""}\n`;
      if (this.#text.length > BLOCK) this.#flush();
    }
  }

  /** Writes what is left and closes the file. */
  close(): void {
    this.#flush();
    this.#file.close();
  }

  /** Windows with equal counts have the very same reasons. */
  #reasonsOf(reasons: readonly Reason[]): string {
    let text = this.#reasons.get(reasons);
    if (text === undefined) this.#reasons.set(reasons, text = field(reasonsText(reasons)));
    return text;
  }

  #flush(): void {
    let bytes = new TextEncoder().encode(this.#text);
    while (bytes.length > 0) bytes = bytes.subarray(this.#file.writeSync(bytes));
    this.#text = "";
  }
}

/** Writes times; most of them are of the day of the one before, whose text is kept. */
class Instants {
  #day = NaN;
  #date = "";

  /** `time` (ms) in ISO 8601 UTC with milliseconds; empty for NaN. */
  text(time: number): string {
    if (Number.isNaN(time)) return "";
    const day = Math.floor(time / 86_400_000);
    if (day !== this.#day) {
      this.#day = day;
      this.#date = new Date(day * 86_400_000).toISOString().slice(0, -13);
    }
    const ms = time - day * 86_400_000,
      s = Math.floor(ms / 1000),
      m = Math.floor(s / 60),
      h = Math.floor(m / 60);
    return `${this.#date}${two(h)}:${two(m - h * 60)}:${two(s - m * 60)}.${three(ms - s * 1000)}Z`;
  }
}

function two(value: number): string {
  return value < 10 ? `0${value}` : `${value}`;
}

function three(value: number): string {
  return value < 10 ? `00${value}` : value < 100 ? `0${value}` : `${value}`;
}

/** Six digits are more than a score is worth; windows repeat, so their texts are kept. */
function shortest(score: number, known: Map<number, string>): string {
  let text = known.get(score);
  if (text === undefined) {
    if (known.size > 10_000) known.clear();
    known.set(score, text = String(Number(score.toPrecision(6))));
  }
  return text;
}

/** RFC 4180. */
function field(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function reasonsText(reasons: readonly Reason[]): string {
  return JSON.stringify(reasons.map(({ detector, kind, id, title, share, actual, expected }) => ({
    detector,
    kind,
    id,
    title,
    share: Number(share.toFixed(4)),
    actual,
    expected: Number(expected.toFixed(2)),
  })));
}
