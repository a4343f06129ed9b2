/**
 * Bytes in memory as an input.
 *
 * @module
 */
import type { Input, SavedPosition } from "../../source/input.ts";

/** What a {@linkcode memoryInput} is called, and when it was written. */
export interface MemoryInputOptions {
  name: string;
  /** The log that it belongs to; absent = its own name. */
  log?: string;
  /** ms since the epoch; the year of times that name none is found by it. */
  modified?: number;
}

/**
 * An input that hands out bytes which are there already; final, and read from its start each time it is made.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { memoryInput } from "./memory_input.ts";
 *
 * const input = memoryInput(new TextEncoder().encode("one line\n"), { name: "app.log" });
 * assert.equal(await input.read(new Uint8Array(64)), 9);
 * assert.equal(await input.read(new Uint8Array(64)), 0);
 * ```
 */
export function memoryInput(bytes: Uint8Array, options: MemoryInputOptions): Input {
  let offset = 0;
  return {
    ...options,
    final: true,
    get offset() {
      return offset;
    },
    read(target: Uint8Array): Promise<number> {
      const part = bytes.subarray(offset, offset + target.length);
      target.set(part);
      offset += part.length;
      return Promise.resolve(part.length);
    },
    position(at: number): Promise<SavedPosition> {
      return Promise.resolve({ name: options.name, offset: at, source: "memory", version: 1 });
    },
    close() {},
    rewind() {
      offset = 0;
    },
  };
}

/** All bytes of an input, to its end. */
export async function allBytes(input: Input): Promise<Uint8Array> {
  const parts: Uint8Array[] = [], buffer = new Uint8Array(1 << 18);
  let length = 0;
  for (let count = await input.read(buffer); count > 0; count = await input.read(buffer)) {
    parts.push(buffer.slice(0, count));
    length += count;
  }
  input.close();
  return joined(parts, length);
}

/** Parts one behind the other. */
export function joined(
  parts: readonly Uint8Array[],
  length = parts.reduce((sum, part) => sum + part.length, 0),
) {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
