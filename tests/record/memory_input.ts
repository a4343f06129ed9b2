import type { Input, SavedPosition } from "../../lib/source/input.ts";

/** An input over bytes in memory that hands them out in pieces of the sizes given, over and over; what is appended later comes then. */
export class MemoryInput implements Input {
  readonly name = "memory.log";
  offset: number;
  closed = false;
  #reads = 0;

  constructor(
    public bytes: Uint8Array,
    readonly options: { pieces?: number[]; offset?: number; final?: boolean; failAt?: number } = {},
  ) {
    this.offset = options.offset ?? 0;
  }

  get final(): boolean {
    return this.options.final ?? true;
  }

  read(target: Uint8Array): Promise<number> {
    const { pieces = [Infinity], failAt = Infinity } = this.options;
    const wanted = Math.min(
      pieces[this.#reads++ % pieces.length],
      target.length,
      this.bytes.length - this.offset,
    );
    const count = Math.min(wanted, failAt - this.offset);
    if (count <= 0 && wanted > 0) return Promise.reject(new Error(`Cannot read: damaged at ${this.offset}`));
    target.set(this.bytes.subarray(this.offset, this.offset + count));
    this.offset += count;
    return Promise.resolve(count);
  }

  position(offset: number): Promise<SavedPosition> {
    return Promise.resolve({ name: this.name, offset });
  }

  close(): void {
    this.closed = true;
  }
}

/** Text (or bytes) as bytes. */
export function bytesOf(text: string | Uint8Array): Uint8Array {
  return typeof text === "string" ? new TextEncoder().encode(text) : text;
}
