/**
 * Where the values of lines are, remembered.
 *
 * @module
 */
import { MEMO_ENTRIES } from "../mask/digit_blind_memo.ts";
import { Lexer } from "../mask/lexer.ts";
import { endOf, type Place, startOf } from "./place.ts";
import { ShapeTable } from "./shape_table.ts";

/** What is remembered of the lines of one shape. */
export interface PlacedShape {
  readonly template: number;
  /** Tokens of each line. */
  readonly tokens: number;
  readonly places: readonly Place[];
}

/** Lines that differ in digits only have their values at the same offsets. */
interface KnownOffsets<T> {
  readonly first: number;
  readonly second: number;
  readonly shape: T;
  readonly offsets: Int32Array;
}

/**
 * Finds shape and places of values of one line after the other. A line that differs from an earlier one in digits only is not
 * split into tokens again.
 */
export class PlaceMemo<T extends PlacedShape> {
  /** Has read the line that {@linkcode find} found no shape for. */
  readonly lexer: Lexer = new Lexer();
  /** Start and end of each place of the line found last, from the line's start: shape [2 × places]. */
  offsets: Int32Array = new Int32Array(0);
  readonly #shapes = new ShapeTable<T>();
  #known: (KnownOffsets<T> | undefined)[] = new Array(MEMO_ENTRIES);

  /** Shapes remembered. */
  get size(): number {
    return this.#shapes.size;
  }

  /** The shape of `bytes[start, end)`, a line of this template, or `undefined`: then {@linkcode lexer} has just read it. */
  find(bytes: Uint8Array, start: number, end: number, template: number): T | undefined {
    const { lexer } = this, memo = lexer.recall(bytes, start, end);
    if (memo === null) return this.#look(start, template);
    const { entry, entryFirst, entrySecond } = memo, known = this.#known[entry];
    if (known !== undefined && known.first === entryFirst && known.second === entrySecond) {
      if (known.shape.template === template) {
        this.offsets = known.offsets;
        return known.shape;
      }
    }
    lexer.read(bytes, start, end);
    const shape = this.#look(start, template);
    if (shape) this.#known[entry] = { first: entryFirst, second: entrySecond, shape, offsets: this.offsets };
    return shape;
  }

  #look(start: number, template: number): T | undefined {
    const { lexer } = this, shape = this.#shapes.get(lexer.firstHash, lexer.secondHash, template);
    if (shape === undefined || shape.tokens !== lexer.length) return undefined;
    this.offsets = offsetsOf(shape.places, lexer, start);
    return shape;
  }

  /** Remembers the shape of the line that {@linkcode lexer} has just read; it started at `start`. */
  keep(shape: T, start: number): void {
    this.#shapes.set(this.lexer.firstHash, this.lexer.secondHash, shape);
    this.offsets = offsetsOf(shape.places, this.lexer, start);
  }

  /** All shapes remembered. */
  shapes(): Iterable<T> {
    return this.#shapes.values();
  }

  /** Forgets everything. */
  clear(): void {
    this.#shapes.clear();
    this.#known = new Array(MEMO_ENTRIES);
  }
}

/** Start and end of each place in the line that `lexer` has just read, from its start. */
export function offsetsOf(places: readonly Place[], lexer: Lexer, start: number): Int32Array {
  const offsets = new Int32Array(2 * places.length);
  places.forEach((place, i) => {
    offsets[2 * i] = startOf(place, lexer) - start;
    offsets[2 * i + 1] = endOf(place, lexer) - start;
  });
  return offsets;
}
