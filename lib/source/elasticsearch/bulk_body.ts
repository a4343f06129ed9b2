/**
 * The body of a bulk request, written as bytes.
 *
 * @module
 */
import { ESCAPED_BYTES, escapeText } from "./bulk_text.ts";

/** Bytes that a number needs at the most. */
const NUMBER_ROOM = 32;
const ZERO = 48;
/** Fewer bytes than this are copied sooner one by one. */
const FEW = 32;
const encoder = new TextEncoder();

/**
 * Lines of JSON: each item is an action and a document. The buffer is allocated once and reused for ever.
 *
 * @see Elasticsearch's documentation, "Bulk index or delete documents".
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { BulkBody } from "./bulk_body.ts";
 *
 * const body = new BulkBody();
 * body.begin();
 * body.put(new TextEncoder().encode('{"create":{"_index":"logs"}}\n{"message":"'));
 * body.putEscaped(new TextEncoder().encode('a "b"'), 0, 5);
 * body.put(new TextEncoder().encode('"}\n'));
 * assert.equal(new TextDecoder().decode(body.text()), '{"create":{"_index":"logs"}}\n{"message":"a \\"b\\""}\n');
 * assert.equal(body.items, 1);
 * ```
 */
export class BulkBody {
  bytes: Uint8Array<ArrayBuffer>;
  /** Offset behind the last byte written. */
  length = 0;
  /** Items begun. */
  items = 0;
  /** Sequences that are no UTF-8 and became U+FFFD. */
  replaced = 0;
  /** Where each item begins. */
  #starts = new Int32Array(1024);

  /** @param room Bytes to begin with; it grows. */
  constructor(room = 1 << 16) {
    this.bytes = new Uint8Array(room);
  }

  /** An item begins here. */
  begin(): void {
    if (this.items === this.#starts.length) {
      const larger = new Int32Array(2 * this.items);
      larger.set(this.#starts);
      this.#starts = larger;
    }
    this.#starts[this.items++] = this.length;
  }

  /** Bytes that are JSON already. */
  put(bytes: Uint8Array): void {
    const { length } = bytes;
    this.#room(length);
    if (length < FEW) { for (let i = 0, to = this.length; i < length; i++) this.bytes[to + i] = bytes[i]; }
    else this.bytes.set(bytes, this.length);
    this.length += length;
  }

  /** The inside of a JSON string that stands for `bytes[start, end)`. */
  putEscaped(bytes: Uint8Array, start: number, end: number): void {
    this.#room((end - start) * ESCAPED_BYTES);
    const escaped = escapeText(bytes, { start, end }, this.bytes, this.length);
    this.length = escaped.end;
    this.replaced += escaped.replaced;
  }

  /** What stands at `[start, end)` once more. */
  repeat(start: number, end: number): void {
    this.#room(end - start);
    this.bytes.copyWithin(this.length, start, end);
    this.length += end - start;
  }

  /**
   * A whole number, not below 0.
   *
   * @param digits How many it has at least; zeros stand before it.
   */
  putNumber(value: number, digits = 1): void {
    this.#room(NUMBER_ROOM);
    let count = 1;
    for (let rest = value; rest >= 10; rest = Math.floor(rest / 10)) count++;
    const end = this.length += Math.max(count, digits);
    for (let at = end - 1, rest = value; digits > 0 || rest > 0; at--, digits--) {
      const more = Math.floor(rest / 10);
      this.bytes[at] = ZERO + (rest - 10 * more);
      rest = more;
    }
  }

  /** Anything short and ASCII that is JSON already. */
  putShort(text: string): void {
    this.#room(text.length);
    for (let i = 0; i < text.length; i++) this.bytes[this.length++] = text.charCodeAt(i);
  }

  /** What was written. */
  text(): Uint8Array<ArrayBuffer> {
    return this.bytes.subarray(0, this.length);
  }

  /** The text of one item. */
  item(i: number): Uint8Array<ArrayBuffer> {
    return this.bytes.subarray(this.#starts[i], i + 1 < this.items ? this.#starts[i + 1] : this.length);
  }

  /** Another body with some of the items. */
  only(items: readonly number[]): BulkBody {
    const size = items.reduce((sum, i) => sum + this.item(i).length, 0);
    const body = new BulkBody(Math.max(size, 1));
    for (const i of items) {
      body.begin();
      body.put(this.item(i));
    }
    return body;
  }

  /** Empties it. */
  clear(): void {
    this.length = this.items = this.replaced = 0;
  }

  /**
   * A body of text that {@linkcode text} gave: two lines an item.
   *
   * @throws {SyntaxError} if its lines are not even in number, or the last one isn't ended.
   */
  static of(text: Uint8Array<ArrayBuffer>): BulkBody {
    const body = new BulkBody(1);
    let lines = 0, at = 0;
    for (let end = text.indexOf(10); end >= 0; end = text.indexOf(10, at)) {
      if (lines++ % 2 === 0) {
        body.length = at;
        body.begin();
      }
      at = end + 1;
    }
    if (at !== text.length || lines % 2 === 1) {
      throw new SyntaxError(`Cannot read a bulk request: it is cut off after byte ${at} of ${text.length}`);
    }
    body.bytes = text;
    body.length = text.length;
    return body;
  }

  #room(more: number): void {
    const needed = this.length + more;
    if (needed <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(needed, 2 * this.bytes.length));
    larger.set(this.text());
    this.bytes = larger;
  }
}

/**
 * JSON of a short text, as bytes with its quotes.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { jsonBytes } from "./bulk_body.ts";
 *
 * assert.equal(new TextDecoder().decode(jsonBytes('"')), '"\\""');
 * ```
 */
export function jsonBytes(value: unknown): Uint8Array {
  return encoder.encode(JSON.stringify(value));
}
