/**
 * The values of all lines of one shape.
 *
 * @module
 */
import type { Lexer } from "../mask/lexer.ts";
import { type Place, valuePlaces } from "./place.ts";
import { offsetsOf, type PlacedShape } from "./place_memo.ts";
import { SlotStatistics } from "./slot_statistics.ts";
import type { ValueReader } from "./value_reader.ts";

/** Lines that masking takes for equal, and the statistics of each of their values. */
export class ShapeStatistics implements PlacedShape {
  /** Lines. */
  count = 1;
  /** Where masking finds values. */
  readonly places: readonly Place[];
  /** Of each place; `null` while there is one line, whose values are in {@linkcode line}. */
  statistics: SlotStatistics[] | null = null;
  /** Tokens of each line. */
  readonly tokens: number;
  /** The last batch that had such a line. */
  batch = 0;

  /**
   * @param template The miner's number of the lines' template.
   * @param line The first line.
   * @param lexer Has just read it, in `bytes`.
   */
  constructor(readonly template: number, readonly line: Uint8Array, lexer: Lexer, bytes: Uint8Array) {
    this.places = valuePlaces(lexer, bytes);
    this.tokens = lexer.length;
  }

  /**
   * Adds the values of a line.
   *
   * @param start Where it starts in `bytes`.
   * @param offsets Start and end of each place, from there.
   */
  add(bytes: Uint8Array, start: number, offsets: Int32Array, reader: ValueReader): void {
    const statistics = this.statistics!;
    for (let i = 0; i < this.places.length; i++) {
      const from = start + offsets[2 * i], to = start + offsets[2 * i + 1];
      reader.read(bytes, from, to, this.places[i].context);
      statistics[i].add(reader, bytes, from, to);
    }
  }

  /** Makes room for the values of more lines than one, and adds those of the first. */
  begin(lexer: Lexer, reader: ValueReader): void {
    this.statistics = this.places.map(() => new SlotStatistics());
    lexer.read(this.line, 0, this.line.length);
    this.add(this.line, 0, offsetsOf(this.places, lexer, 0), reader);
    this.settle();
  }

  /** To be called before the bytes of lines added change. */
  settle(): void {
    for (const each of this.statistics ?? []) each.settle();
  }
}
