/**
 * Random histories of a log that is written, rotated, compressed and deleted, with readers that are cut anywhere.
 */
import assert from "node:assert/strict";
import fc from "fast-check";
import { gzipSync } from "node:zlib";
import type { FileInput } from "../../lib/source/file_input.ts";
import { openFiles } from "../../lib/source/files.ts";
import type { SavedPosition } from "../../lib/source/input.ts";
import { assertSameBytes } from "./contract.ts";
import { append } from "./temporary.ts";
import { withFolder } from "../with_folder.ts";

/** Every file that the log's program opens begins with it, so heads don't tell files apart. */
const BANNER = "#".repeat(1100) + "\n";

/**
 * Deletes a file and waits until the file system's clock has moved on: the next file may get its inode number, and is told from
 * it by its time of birth alone.
 */
function remove(path: string): void {
  Deno.removeSync(path);
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 12);
}

/** A log and all that was ever written to it. */
class WrittenLog {
  #text = "";
  #lines = 0;
  /** Rotated files from newest to oldest: where in the text each one ends, and whether it is compressed. */
  #rotated: { end: number; packed: boolean }[] = [];
  /** Set between the two steps of copying and truncating, or of compressing: nothing else is done to files then. */
  #pending: (() => void) | null = null;
  #copied = false;

  constructor(readonly folder: string) {
    this.#begin();
  }

  get text(): string {
    return this.#text;
  }

  /** Nothing is written between a copy and the truncation: that would be lost whoever reads. */
  append(count: number): void {
    if (this.#copied) return;
    this.#write(Array.from({ length: count }, () => this.#line()).join(""));
  }

  finishStep(): void {
    this.#pending?.();
    this.#pending = null;
  }

  rename(): void {
    this.finishStep();
    this.#shift();
    Deno.renameSync(this.#path(-1), this.#path(0));
    this.#begin();
  }

  /** The copy is there, whole or half made, until the step is finished. */
  copyTruncate(share: number): void {
    this.finishStep();
    this.#shift();
    const all = Deno.readFileSync(this.#path(-1));
    Deno.writeFileSync(this.#path(0), all.subarray(0, Math.round(all.length * share)));
    this.#copied = true;
    this.#pending = () => {
      Deno.writeFileSync(this.#path(0), all);
      Deno.truncateSync(this.#path(-1));
      this.#copied = false;
    };
  }

  /** The compressed file is there, whole or half written, beside the plain one until the step is finished. */
  compress(which: number, share: number): void {
    this.finishStep();
    const at = which % Math.max(1, this.#rotated.length);
    const one = this.#rotated[at];
    if (one === undefined || one.packed) return;
    const packed = gzipSync(Deno.readFileSync(this.#path(at)));
    Deno.writeFileSync(`${this.#path(at)}.gz`, packed.subarray(0, Math.round(packed.length * share)));
    this.#pending = () => {
      Deno.writeFileSync(`${this.#path(at)}.gz`, packed);
      remove(this.#path(at));
      one.packed = true;
    };
  }

  /** Deletes the oldest file, if all of it was read. */
  deleteOldest(read: number): void {
    this.finishStep();
    const oldest = this.#rotated.at(-1);
    if (oldest === undefined || oldest.end > read) return;
    remove(this.#path(this.#rotated.length - 1));
    this.#rotated.pop();
  }

  #begin(): void {
    this.#write(BANNER + this.#line());
  }

  #line(): string {
    return `line ${this.#lines++} ${"x".repeat((this.#lines * 7919) % 300)}\n`;
  }

  #write(text: string): void {
    append(this.#path(-1), text);
    this.#text += text;
  }

  #path(at: number): string {
    if (at < 0) return `${this.folder}/app.log`;
    return `${this.folder}/app.log.${at + 1}${this.#rotated[at]?.packed ? ".gz" : ""}`;
  }

  #shift(): void {
    for (let at = this.#rotated.length - 1; at >= 0; at--) {
      const packed = this.#rotated[at].packed ? ".gz" : "";
      Deno.renameSync(this.#path(at), `${this.folder}/app.log.${at + 2}${packed}`);
    }
    this.#rotated.unshift({ end: this.#text.length, packed: false });
  }
}

/** Reads the log in runs; what was read since the last commit is forgotten when a run is killed. */
class Reader {
  /** What was committed. */
  text = "";
  #saved: SavedPosition[] = [];
  #inputs: FileInput[] = [];
  /** Bytes of each input that were read and are not committed, for inputs that are done with. */
  #left: number[] = [];
  #forgotten: SavedPosition[] = [];
  #at = 0;
  #uncommitted = "";

  constructor(readonly pattern: string) {}

  async start(): Promise<void> {
    this.kill();
    const opened = await openFiles([this.pattern], { follow: true, saved: this.#saved });
    this.#inputs = opened.inputs;
    this.#forgotten = opened.forgotten;
    this.#left = [];
    this.#at = 0;
  }

  kill(): void {
    for (const input of this.#inputs) input.close();
    this.#inputs = [];
    this.#uncommitted = "";
  }

  /** Reads at most so many bytes, by targets of a length. */
  async read(most: number, length: number): Promise<void> {
    const target = new Uint8Array(length);
    for (let left = most; left > 0 && this.#at < this.#inputs.length;) {
      const count = await this.#inputs[this.#at].read(target.subarray(0, Math.min(length, left)));
      this.#uncommitted += new TextDecoder().decode(target.subarray(0, count));
      left -= count;
      if (count === 0) {
        if (this.#at + 1 === this.#inputs.length) return;
        await this.commit(0);
        this.#left[this.#at] = this.#uncommitted.length; // a line that was begun stays for the next run
        this.#uncommitted = "";
        this.#at++;
      }
    }
  }

  closeInputs(): void {
    for (const input of this.#inputs) input.close();
  }

  /** Saves where all inputs are, the present one at a line's end at least `held` bytes earlier. */
  async commit(held: number): Promise<void> {
    if (this.#inputs.length === 0) return;
    const end = this.#uncommitted.slice(0, Math.max(0, this.#uncommitted.length - held)).lastIndexOf("\n") +
      1;
    const kept = this.#uncommitted.length - end;
    const byName = new Map(this.#saved.map((saved) => [saved.name, saved]));
    for (const [i, input] of this.#inputs.entries()) {
      const saved = await input.position(input.offset - (i === this.#at ? kept : this.#left[i] ?? 0));
      byName.set(input.name, JSON.parse(JSON.stringify(saved)));
    }
    for (const { name } of this.#forgotten) byName.delete(name);
    this.#saved = [...byName.values()];
    this.text += this.#uncommitted.slice(0, end);
    this.#uncommitted = this.#uncommitted.slice(end);
  }

  async readAll(): Promise<void> {
    await this.start();
    await this.read(Infinity, 10_000);
    await this.commit(0);
    this.kill();
  }
}

/** A step of a history; not every kind uses every number. */
interface Step {
  kind: string;
  count: number;
  length: number;
  share: number;
}

const STEPS: Record<
  string,
  { weight: number; apply(log: WrittenLog, reader: Reader, step: Step): void | Promise<void> }
> = {
  append: { weight: 4, apply: (log, _, { count }) => log.append(1 + count % 12) },
  rename: { weight: 2, apply: (log) => log.rename() },
  copyTruncate: { weight: 2, apply: (log, _, { share }) => log.copyTruncate(share) },
  compress: { weight: 2, apply: (log, _, { count, share }) => log.compress(count % 4, share) },
  finishStep: { weight: 3, apply: (log) => log.finishStep() },
  deleteOldest: { weight: 1, apply: (log, reader) => log.deleteOldest(reader.text.length) },
  start: { weight: 4, apply: (_, reader) => reader.start() },
  read: { weight: 5, apply: (_, reader, { count, length }) => reader.read(count, length) },
  commitAll: { weight: 2, apply: (_, reader) => reader.commit(0) },
  commitPart: { weight: 2, apply: (_, reader, { count }) => reader.commit(count) },
  closeInputs: { weight: 1, apply: (_, reader) => reader.closeInputs() },
  kill: { weight: 1, apply: (_, reader) => reader.kill() },
};

const size = fc.oneof(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 8000 }));
const history: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    kind: fc.oneof(
      ...Object.entries(STEPS).map(([kind, { weight }]) => ({ weight, arbitrary: fc.constant(kind) })),
    ),
    count: size,
    length: size,
    share: fc.constantFrom(0, .01, .5, .9, 1),
  }),
  { minLength: 5, maxLength: 60, size: "max" },
);

Deno.test("openFiles() hands out every byte of a log exactly once, in order, through any history", async () => {
  await fc.assert(
    fc.asyncProperty(history, async (steps) => {
      await withFolder(async (folder) => {
        const log = new WrittenLog(folder);
        const reader = new Reader(`${folder}/app.log*`);
        for (const step of steps) {
          await STEPS[step.kind].apply(log, reader, step);
          assert.ok(log.text.startsWith(reader.text), "what was committed is not what was written");
        }
        await reader.readAll();
        log.finishStep();
        await reader.readAll();
        await reader.readAll();
        assertSameBytes(new TextEncoder().encode(reader.text), new TextEncoder().encode(log.text));
      });
    }),
    { numRuns: 150, seed: 20260131 },
  );
});
