/**
 * `--verdicts FILE.csv`: one row for every window.
 *
 * @module
 */
import type { JudgedWindows, Reason, Verdict } from "../lib/mod.ts";

const HEADER = "key,start,end,lines,score,threshold,anomalous,reasons\n";
/** Bytes that are collected before they are written. */
const BLOCK = 1 << 18;
/** Texts that are kept because they come again, of each kind. */
const KEPT = 10_000;
const DAY = 86_400_000;
const COMMA = 44;
/** 1 where an ASCII character makes a field be quoted. */
const QUOTED = Uint8Array.from(
  { length: 128 },
  (_, code) => '",\r\n'.includes(String.fromCharCode(code)) ? 1 : 0,
);

/**
 * Writes verdicts to a file as they come: straight as bytes, because there may be one for every few lines of the log.
 * Windows repeat, so the bytes of scores and reasons are kept.
 */
export class VerdictTable {
  #file: Deno.FsFile;
  #rows = new RowBytes((bytes) => this.#write(bytes));
  #normal = new Map<number, Uint8Array>(); // what follows `lines` in the row of a normal window, by score
  #anomalous = new Map<number, Uint8Array>(); // the same up to the reasons
  #threshold = NaN;
  #reasons = new Map<readonly Reason[], Uint8Array>();
  #latest = new Map<number, readonly Reason[]>(); // reasons that were kept last, by score

  /** Creates or empties the file at `path`. */
  constructor(path: string) {
    try {
      this.#file = Deno.openSync(path, { write: true, create: true, truncate: true });
    } catch (cause) {
      throw new Error(`Cannot write verdicts: ${path}: ${(cause as Error).message}`, { cause });
    }
    this.#rows.add(encode(HEADER));
  }

  /**
   * Adds a row for every window. One that was judged before, because it was reopened or because something before it has
   * changed, comes again: its last row counts.
   */
  add(judged: JudgedWindows): void {
    const { windows, score, threshold, anomalous, again } = judged, { start, end, lines } = windows;
    const rows = this.#rows;
    if (threshold !== this.#threshold) this.#forget(threshold);
    for (const verdict of again) this.#addAgain(verdict);
    for (let i = 0; i < windows.length; i++) {
      const verdict = anomalous.get(i);
      rows.addKey(windows, i);
      rows.addByte(COMMA);
      rows.addTime(start[i]);
      rows.addByte(COMMA);
      rows.addTime(end[i]);
      rows.addByte(COMMA);
      rows.addInteger(lines[i]);
      this.#addDecision(score[i], verdict?.reasons);
    }
  }

  #addAgain({ kind, key, start, end, lines, score, anomalous, reasons }: Verdict): void {
    const rows = this.#rows;
    rows.add(encode(quoted(kind === "session" ? sessionKey(key, start) : key)));
    rows.addByte(COMMA);
    rows.addTime(start);
    rows.addByte(COMMA);
    rows.addTime(end);
    rows.addByte(COMMA);
    rows.addInteger(lines);
    this.#addDecision(score, anomalous ? reasons : undefined);
  }

  /** What follows `lines`; of a normal window there are no reasons. */
  #addDecision(score: number, reasons: readonly Reason[] | undefined): void {
    const rows = this.#rows;
    if (reasons === undefined) rows.add(this.#normal.get(score) ?? this.#keepNormal(score));
    else {
      rows.add(this.#anomalous.get(score) ?? this.#keepAnomalous(score));
      rows.add(this.#reasons.get(reasons) ?? this.#keepReasons(score, reasons));
    }
  }

  /** Writes what is left and closes the file. */
  close(): void {
    this.#rows.flush();
    this.#file.close();
  }

  #keepNormal(score: number): Uint8Array {
    return keep(this.#normal, score, encode(`,${shortest(score)},${this.#threshold},false,\n`));
  }

  #keepAnomalous(score: number): Uint8Array {
    return keep(this.#anomalous, score, encode(`,${shortest(score)},${this.#threshold},true,`));
  }

  /** Windows with equal counts have the same reasons, some with other examples, which are not written. */
  #keepReasons(score: number, reasons: readonly Reason[]): Uint8Array {
    const latest = this.#latest.get(score), known = latest && this.#reasons.get(latest);
    if (this.#latest.size >= KEPT) this.#latest.clear();
    this.#latest.set(score, reasons);
    if (known === undefined || !sameReasons(latest!, reasons)) {
      return keep(this.#reasons, reasons, encode(`${quoted(reasonsText(reasons))}\n`));
    }
    return keep(this.#reasons, reasons, known);
  }

  #forget(threshold: number): void {
    this.#normal.clear();
    this.#anomalous.clear();
    this.#threshold = threshold;
  }

  #write(bytes: Uint8Array): void {
    while (bytes.length > 0) bytes = bytes.subarray(this.#file.writeSync(bytes));
  }
}

/** A block of bytes that is given away when it is full. */
class RowBytes {
  #bytes = new Uint8Array(BLOCK);
  #length = 0;
  #day = NaN;
  #date: Uint8Array = new Uint8Array(); // of #day, up to and with `T`
  #dates = new Map<number, Uint8Array>();

  constructor(private readonly write: (bytes: Uint8Array) => void) {}

  add(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  addByte(byte: number): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = byte;
  }

  /** The key of window `i` as a field by RFC 4180. */
  addKey(windows: JudgedWindows["windows"], i: number): void {
    // this.add(encode(quoted(windows.key(i))))
    this.#reserve(windows.keyLength(i));
    const bytes = this.#bytes, from = this.#length, to = from + windows.copyKey(i, bytes, from);
    let plain = to > from;
    for (let at = from; at < to; at++) if (bytes[at] > 127 || QUOTED[bytes[at]] === 1) plain = false;
    if (!plain) return this.add(encode(quoted(windows.key(i))));
    this.#length = to;
    if (!windows.isSession(i)) this.addTime(windows.start[i]);
  }

  /** `time` (ms) in ISO 8601 UTC with milliseconds; nothing for NaN. */
  addTime(time: number): void {
    // if (!Number.isNaN(time)) this.add(encode(new Date(Math.floor(time)).toISOString()))
    if (time !== time) return;
    const whole = Math.floor(time), day = Math.floor(whole / DAY);
    if (day !== this.#day) {
      this.#date = this.#dates.get(day) ??
        keep(this.#dates, day, encode(new Date(day * DAY).toISOString().slice(0, -13)));
      this.#day = day;
    }
    this.add(this.#date);
    const ms = whole - day * DAY, second = ms / 1000 | 0, minute = second / 60 | 0;
    const hour = minute / 60 | 0;
    this.#reserve(13);
    this.#twoDigits(hour, 58); // :
    this.#twoDigits(minute - hour * 60, 58);
    this.#twoDigits(second - minute * 60, 46); // .
    const bytes = this.#bytes, at = this.#length, rest = ms - second * 1000, tens = rest / 10 | 0;
    bytes[at] = 48 + (rest / 100 | 0);
    bytes[at + 1] = 48 + tens % 10;
    bytes[at + 2] = 48 + rest - tens * 10;
    bytes[at + 3] = 90; // Z
    this.#length = at + 4;
  }

  /** A whole number from 0 to 2³¹ - 1 in decimal. */
  addInteger(value: number): void {
    // this.add(encode(String(value)))
    this.#reserve(10);
    let digits = 1;
    for (let rest = value; rest > 9; rest = rest / 10 | 0) digits++;
    for (let at = this.#length + digits - 1; at >= this.#length; at--) {
      this.#bytes[at] = 48 + value % 10;
      value = value / 10 | 0;
    }
    this.#length += digits;
  }

  /** Gives away what there is. */
  flush(): void {
    this.write(this.#bytes.subarray(0, this.#length));
    this.#length = 0;
  }

  #twoDigits(value: number, next: number): void {
    const bytes = this.#bytes, at = this.#length, tens = value / 10 | 0;
    bytes[at] = 48 + tens;
    bytes[at + 1] = 48 + value - tens * 10;
    bytes[at + 2] = next;
    this.#length = at + 3;
  }

  #reserve(length: number): void {
    if (this.#length + length <= this.#bytes.length) return;
    this.flush();
    if (length > this.#bytes.length) this.#bytes = new Uint8Array(length);
  }
}

function encode(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

/** Keeps bytes that were made of a key; when there are too many, all are forgotten. */
function keep<Key>(known: Map<Key, Uint8Array>, key: Key, bytes: Uint8Array): Uint8Array {
  if (known.size >= KEPT) known.clear();
  known.set(key, bytes);
  return bytes;
}

/** A session's key without the time of its beginning, which its identity has behind `@`. */
function sessionKey(identity: string, start: number): string {
  if (Number.isNaN(start)) return identity;
  const suffix = `@${new Date(Math.floor(start)).toISOString()}`;
  return identity.endsWith(suffix) ? identity.slice(0, -suffix.length) : identity;
}

/** Six digits are more than a score is worth. */
function shortest(score: number): string {
  return String(Number(score.toPrecision(6)));
}

/** RFC 4180. */
function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Whether {@linkcode reasonsText} of both is the same. */
function sameReasons(a: readonly Reason[], b: readonly Reason[]): boolean {
  return a.length === b.length && a.every((one, i) => {
    const other = b[i];
    return one.id === other.id && one.kind === other.kind && one.detector === other.detector &&
      one.title === other.title && one.share === other.share && one.actual === other.actual &&
      one.expected === other.expected;
  });
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
