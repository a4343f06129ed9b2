/**
 * Writes the shop's live lines to files in steps that can be cut anywhere, and rotates the files on the way.
 *
 * @module
 */
import { gzipSync } from "node:zlib";
import { liveLines, type LiveOptions, type Rotation } from "../../data/live.ts";
import { Random } from "../../data/shop/random.ts";

/** One thing that is done to the files; `time` is when, ms since the epoch. */
export type Step =
  | { kind: "append"; file: string; time: number; bytes: Uint8Array }
  | { kind: "rotate"; file: string; time: number; rotate: Rotation };

/** A record as it is written, or a rotation. */
interface Happening {
  file: string;
  /** When it happens, ms. */
  time: number;
  text: string;
  rotate?: Rotation;
}

/** How late a late line is at the most, ms. */
const LATE = 20 * 60_000;

/** Records and rotations in the order in which they happen; so many (0 to 1) of the records come late. */
function happenings(seed: number, options: LiveOptions, late: number): Happening[] {
  const random = new Random(seed, "late"), happened: Happening[] = [], last = new Map<string, Happening>();
  for (const { file, line, time, rotate } of liveLines(seed, options)) {
    if (rotate !== undefined) happened.push({ file, time, text: "", rotate });
    const previous = last.get(file);
    if (/^\s|^\w*Error|^Caused by/.test(line) && previous !== undefined) {
      previous.text += `${line}\n`;
      continue;
    }
    const delay = random.chance(late) ? random.integer(1, LATE) : 0;
    const record = { file, time: time + delay, text: `${line}\n` };
    happened.push(record);
    last.set(file, record);
  }
  return happened.sort((a, b) => a.time - b.time);
}

/**
 * Everything that happens to the files, in order.
 *
 * @param late Share (0 to 1) of the records that are written up to twenty minutes too late.
 */
export function stepsOf(seed: number, options: LiveOptions, late = 0): Step[] {
  const encoder = new TextEncoder();
  return happenings(seed, options, late).map(({ file, time, text, rotate }) =>
    rotate === undefined
      ? { kind: "append", file, time, bytes: encoder.encode(text) }
      : { kind: "rotate", file, time, rotate }
  );
}

/** Does the steps one by one; an append may be done in parts, so that a line is cut. */
export class LogWriter {
  readonly #steps: Iterator<Step>;
  /** The step that is to be done, `undefined` = there is none left; and how much of it is done. */
  #step: Step | undefined;
  #byte = 0;
  /** Rotations so far, and lines. */
  rotations = 0;
  lines = 0;
  #last = new Map<string, number>();
  #numbers = new Map<string, { number: number; packed: boolean }[]>();

  /**
   * @param folder Where the files are.
   * @param keep Rotated files that stay of each; default: all.
   */
  constructor(private readonly folder: string, steps: Iterable<Step>, private readonly keep = Infinity) {
    this.#steps = steps[Symbol.iterator]();
    this.#next();
    Deno.mkdirSync(folder, { recursive: true });
  }

  /** Whether everything is written. */
  get done(): boolean {
    return this.#step === undefined;
  }

  /** When what comes next happens, ms since the epoch; after all others, `Infinity`. */
  get time(): number {
    return this.#step?.time ?? Infinity;
  }

  /** When what was written last to a file happened, ms since the epoch. */
  lastTime(file: string): number {
    return this.#last.get(file) ?? -Infinity;
  }

  #next(): void {
    const { value, done } = this.#steps.next();
    this.#step = done ? undefined : value;
    this.#byte = 0;
  }

  /** Writes the next `bytes` (a whole number), wherever that cuts; stops after a rotation, which is one move of its own. */
  async write(bytes: number, pause: () => Promise<void> = () => Promise.resolve()): Promise<void> {
    while (bytes > 0 && this.#step !== undefined) {
      const step = this.#step;
      if (step.kind === "rotate") {
        await this.#rotate(step.file, step.rotate, pause);
        this.#next();
        return;
      }
      const part = step.bytes.subarray(this.#byte, this.#byte + bytes);
      Deno.writeFileSync(`${this.folder}/${step.file}`, part, { append: true });
      this.#last.set(step.file, step.time);
      bytes -= part.length;
      this.#byte += part.length;
      for (const byte of part) if (byte === 10) this.lines++;
      if (this.#byte === step.bytes.length) this.#next();
    }
  }

  /** As logrotate does it: older files move on by one number first. */
  async #rotate(file: string, rotate: Rotation, pause: () => Promise<void>): Promise<void> {
    this.rotations++;
    const path = `${this.folder}/${file}`, older = this.#numbers.get(file) ?? [];
    for (const one of older.toSorted((a, b) => b.number - a.number)) {
      const suffix = one.packed ? ".gz" : "";
      if (one.number >= this.keep) Deno.removeSync(`${path}.${one.number}${suffix}`);
      else Deno.renameSync(`${path}.${one.number}${suffix}`, `${path}.${one.number + 1}${suffix}`);
      one.number++;
      await pause();
    }
    const left = older.filter(({ number }) => number <= this.keep);
    this.#numbers.set(file, [...left, { number: 1, packed: rotate === "gzip" }]);
    if (rotate === "copytruncate") {
      Deno.copyFileSync(path, `${path}.1`);
      await pause();
      Deno.truncateSync(path, 0);
      return;
    }
    Deno.renameSync(path, `${path}.1`);
    if (rotate === "gzip") await this.#pack(`${path}.1`, pause);
  }

  /** As gzip does it: the packed file grows beside the plain one, which goes at the end. */
  async #pack(path: string, pause: () => Promise<void>): Promise<void> {
    const packed = gzipSync(Deno.readFileSync(path)), half = packed.length >> 1;
    Deno.writeFileSync(`${path}.gz`, packed.subarray(0, half));
    await pause();
    Deno.writeFileSync(`${path}.gz`, packed.subarray(half), { append: true });
    await pause();
    Deno.removeSync(path);
  }
}
