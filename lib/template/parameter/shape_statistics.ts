/**
 * The values of all lines of one shape.
 *
 * @module
 */
import type { Lexer } from "../mask/lexer.ts";
import { endOf, type Place, startOf, valuePlaces } from "./place.ts";
import { SlotStatistics } from "./slot_statistics.ts";
import type { ValueReader } from "./value_reader.ts";

/** Lines that masking takes for equal, and the statistics of each of their values. */
export class ShapeStatistics {
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

  /** Adds the values of the line that `lexer` has just read. */
  add(lexer: Lexer, bytes: Uint8Array, reader: ValueReader): void {
    const statistics = this.statistics!;
    for (let i = 0; i < this.places.length; i++) {
      const place = this.places[i], start = startOf(place, lexer), end = endOf(place, lexer);
      reader.read(bytes, start, end, place.context);
      statistics[i].add(reader, bytes, start, end);
    }
  }

  /** Makes room for the values of more lines than one, and adds those of the first. */
  begin(lexer: Lexer, reader: ValueReader): void {
    this.statistics = this.places.map(() => new SlotStatistics());
    lexer.read(this.line, 0, this.line.length);
    this.add(lexer, this.line, reader);
    this.settle();
  }

  /** To be called before the bytes of lines added change. */
  settle(): void {
    for (const each of this.statistics ?? []) each.settle();
  }
}
