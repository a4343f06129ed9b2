/**
 * The documents of a stretch of time as an input that knows which line is which document.
 *
 * @module
 */
import type { Client } from "@elastic/elasticsearch";
import type { Input, SavedPosition } from "../../source/input.ts";
import { DocumentLines } from "../../source/elasticsearch/document_lines.ts";
import type { Page } from "../../source/elasticsearch/page.ts";
import type { SearchOptions } from "../../source/elasticsearch/point_in_time.ts";
import { searchPages } from "../../source/elasticsearch/search.ts";
import { type FieldNames, USUAL_FIELDS, wantedFields } from "../../source/elasticsearch/wanted_fields.ts";
import type { DocumentName } from "./event_id.ts";

/** Where a record came from. */
export interface Origin extends DocumentName {
  /** Its place in its log; `null` = it has none. */
  sequence: number | null;
}

/** How a stretch is read. */
export interface StretchOptions extends SearchOptions {
  /** Names of fields, where they are not the usual ones. */
  fields: Partial<FieldNames>;
  /** Says which documents of a page are left out: 1 = it is. Default: none. */
  leftOut?: (page: Page) => Promise<Uint8Array>;
}

/** The documents of a page that lines were made of. */
interface PageLines {
  page: Page;
  /** Offset where the line of each begins, its place in the page beside it. */
  offsets: number[];
  places: number[];
}

/**
 * Reads documents in order of time, as lines of the format `document`, once. Unlike an index that is followed it gives up at the first
 * trouble: whoever reads a stretch begins it anew.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { connect } from "../../source/elasticsearch/connection.ts";
 * import { StretchInput } from "./stretch_input.ts";
 *
 * const client = await connect({ nodes: ["http://127.0.0.1:9200"] });
 * const input = new StretchInput(client, { index: "logs-*", fields: {}, from: 0, to: 60_000 });
 * assert.deepEqual([input.name, input.documents], ["elasticsearch:logs-*", 0]); // nothing was asked yet
 * await client.close();
 * ```
 */
export class StretchInput implements Input {
  readonly name: string;
  readonly final = true;
  readonly format = "document";
  /** Documents found so far, those left out among them. */
  documents = 0;
  offset = 0;
  readonly #pages: AsyncGenerator<Page, void, void>;
  readonly #leftOut: StretchOptions["leftOut"];
  readonly #lines = new DocumentLines();
  /** Where the lines that were made begin that are not handed out yet. */
  #at = 0;
  readonly #made: PageLines[] = [];
  /** The line that was asked for last, within the first page. */
  #line = 0;

  constructor(client: Client, { fields, leftOut, ...search }: StretchOptions) {
    this.name = `elasticsearch:${search.index}`;
    this.#leftOut = leftOut;
    const options = { timeField: fields.time?.[0], ...search };
    this.#pages = searchPages(client, wantedFields({ ...USUAL_FIELDS, ...fields }), options);
  }

  async read(target: Uint8Array): Promise<number> {
    while (this.#at === this.#lines.length) {
      const { value: page } = await this.#pages.next();
      if (!page) return 0;
      await this.#take(page);
    }
    const count = Math.min(target.length, this.#lines.length - this.#at);
    target.set(this.#lines.bytes.subarray(this.#at, this.#at + count));
    this.#at += count;
    this.offset += count;
    return count;
  }

  /**
   * Where the record that begins at `offset` came from. Offsets must be asked for in rising order.
   *
   * @throws {RangeError} if no record begins there.
   */
  origin(offset: number): Origin {
    while (this.#made.length > 1 && this.#made[1].offsets[0] <= offset) {
      this.#made.shift();
      this.#line = 0;
    }
    const { page, offsets, places } = this.#made[0] ?? { offsets: [] };
    while (offsets[this.#line] < offset) this.#line++;
    if (offsets[this.#line] !== offset) {
      throw new RangeError(`Cannot tell which document of ${this.name} is at ${offset}: none begins there`);
    }
    const i = places[this.#line], sequence = Number(page.sort(i)[1] ?? NaN);
    return {
      ...{ index: page.index(i), id: page.id(i), time: page.time(i)! },
      sequence: Number.isSafeInteger(sequence) ? sequence : null, // one that is missing counts as the greatest there is
    };
  }

  /** There is no going on: it is read once. */
  position(offset: number): Promise<SavedPosition> {
    return Promise.resolve({ name: this.name, offset });
  }

  close(): void {
    this.leave();
  }

  /** Closes it, and waits until nothing of it is open any more. */
  async leave(): Promise<void> {
    await this.#pages.return().catch(() => {}); // the cluster forgets the search by itself
  }

  async #take(page: Page): Promise<void> {
    const leftOut = await this.#leftOut?.(page), lines = this.#lines;
    lines.length = this.#at = 0;
    this.documents += page.length;
    const made: PageLines = { page, offsets: [], places: [] };
    for (let i = 0; i < page.length; i++) {
      if (leftOut?.[i] === 1) continue;
      made.offsets.push(this.offset + lines.length);
      made.places.push(i);
      lines.add(page, i);
    }
    if (made.places.length > 0) this.#made.push(made);
  }
}
