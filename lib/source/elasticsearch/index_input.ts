/**
 * An index as an input.
 *
 * @module
 */
import type { Client } from "@elastic/elasticsearch";
import { type Input, InputError, type InputNote } from "../input.ts";
import { connect, type ElasticsearchSettings } from "./connection.ts";
import { DocumentLines } from "./document_lines.ts";
import { ElasticsearchError, failureOf } from "./failure.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { GivenDocuments } from "./given_documents.ts";
import { missingNote, refuseMute, shortenedNote } from "./index_notes.ts";
import { INDEX_POSITION_VERSION, type IndexPosition, packSeen, unpackSeen } from "./index_position.ts";
import type { Page } from "./page.ts";
import { PointInTime, type SearchOptions } from "./point_in_time.ts";
import { searchPages } from "./search.ts";
import { findTimeField, type TimeCandidates } from "./time_field.ts";
import { type FieldNames, type FieldNode, USUAL_FIELDS, wantedFields } from "./wanted_fields.ts";

/** How late a document may become visible, ms. */
const OVERLAP = 300_000;
/** Waits before a reading that was interrupted goes on, ms; where they are used up without a page between, it ends. */
const WAITS = [0, 250, 500, 1000, 2000, 4000, 8000, 8000, 8000];
/** Bytes before the last ones made that a position may be asked for. */
const KEPT = 64 << 20;

/** How an index is read. */
export interface IndexInputOptions extends SearchOptions {
  /** Names of fields, where they are not the usual ones. */
  fields?: Partial<FieldNames>;
  /** How much older than the newest document read one may be that is found later, ms; default five minutes. */
  overlap?: number;
  /** Most documents that a later reading meets again; default 200,000. Where there are more, it looks back less far. */
  seenLimit?: number;
  /** Whether more documents will come; default false: read once, as it is now. */
  follow?: boolean;
  /** Where an earlier reading stopped. */
  saved?: IndexPosition | null;
  /** Told of every document before its line is made. */
  onDocument?: (page: Page, i: number) => void;
}

/**
 * Reads the documents of an index in order of time, as lines of the format `document`.
 *
 * A later reading goes back by the overlap and leaves out what was handed out before, so that documents are found which were
 * indexed late. Documents without a time are found by a first reading only.
 *
 * A cluster that goes away in the middle is waited for half a minute; then the reading ends with an error, and a later one goes on.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { IndexInput } from "./index_input.ts";
 *
 * const input = new IndexInput({ nodes: ["http://127.0.0.1:9200"] }, { index: "server-logs-*" });
 * assert.equal(input.name, "elasticsearch:server-logs-*"); // nothing was asked yet
 * ```
 */
export class IndexInput implements Input {
  readonly name: string;
  readonly final: boolean;
  readonly format = "document";
  readonly resumes: IndexPosition | null;
  readonly #cluster: ElasticsearchSettings;
  readonly #search: SearchOptions;
  readonly #times: TimeCandidates;
  readonly #fields: FieldNode;
  readonly #onDocument: (page: Page, i: number) => void;
  readonly #lines = new DocumentLines();
  readonly #given: GivenDocuments;
  /** Documents that a search begins with although they were handed out; by fingerprint. */
  #seen = new Set<number>();
  /** The document whose line is handed out from its middle on. */
  #partial: { fingerprint: number; within: number } | null = null;
  /** What waits for that document. */
  #held: Found[] = [];
  #client: Client | null = null;
  #timeField: string | null;
  /** How far back the last saved position looks, ms, where that is less than it should be. */
  #shortened: number | null = null;
  #pages: AsyncGenerator<Page, void, void> | null = null;
  #ended = false;
  #offset: number;
  /** Where the lines that were made begin that are not handed out yet. */
  #at = 0;
  /** Offset behind the last line made. */
  #made: number;

  constructor(cluster: ElasticsearchSettings, options: IndexInputOptions) {
    const { fields = {}, overlap = OVERLAP, follow = false, saved = null, ...rest } = options;
    const { onDocument = () => {}, seenLimit, ...search } = rest;
    this.name = `elasticsearch:${search.index}`;
    this.final = !follow;
    this.resumes = saved;
    this.#cluster = cluster;
    this.#search = search;
    const names = { ...USUAL_FIELDS, ...fields };
    this.#fields = wantedFields(names);
    this.#times = { names: names.time, isNamed: fields.time !== undefined };
    this.#timeField = search.timeField ?? null;
    this.#onDocument = onDocument;
    this.#offset = saved?.offset ?? 0;
    this.#made = this.#offset - (saved?.within ?? 0);
    const floor = saved?.from ?? -Infinity;
    this.#given = new GivenDocuments(overlap, { begin: this.#made, floor, limit: seenLimit });
    if (saved === null) return;
    for (const seen of unpackSeen(saved.seen)) this.#given.add({ end: this.#made, ...seen });
    if (saved.partial !== null) this.#partial = { fingerprint: saved.partial, within: saved.within };
  }

  get offset(): number {
    return this.#offset;
  }

  /** Where the saved position looks back less far than it should. */
  get notes(): InputNote[] {
    if (this.#shortened === null) return [];
    return [shortenedNote(this.name, this.#shortened, this.#given.overlap)];
  }

  /**
   * Looks whether the index can be read; a note where there is none.
   *
   * @throws {InputError} when it can't, with what a person can do about it.
   */
  async look(): Promise<InputNote | null> {
    try {
      this.#client ??= await connect(this.#cluster);
      const pit = new PointInTime(this.#client, this.#fields, this.#search), shards = await pit.open();
      await pit.close();
      if (shards > 0) return null;
      await this.leave();
      return missingNote(this.name, "no index matches, or none that this user may see");
    } catch (error) {
      await this.leave();
      const { message, kind, status } = failureOf(`read ${this.name}`, error);
      if (kind === "missing" && status === 404) return missingNote(this.name, "there is no such index");
      throw new InputError(message, this.name, { cause: error });
    }
  }

  async read(target: Uint8Array): Promise<number> {
    if (this.#at === this.#lines.length && !(await this.#more())) return 0;
    const count = Math.min(target.length, this.#lines.length - this.#at);
    target.set(this.#lines.bytes.subarray(this.#at, this.#at + count));
    this.#at += count;
    this.#offset += count;
    return count;
  }

  // deno-lint-ignore require-await -- the interface's other sources have to read for it
  async position(offset: number): Promise<IndexPosition> {
    const { least } = this.#given;
    if (!Number.isSafeInteger(offset) || offset < least || offset > this.#offset) {
      throw new RangeError(
        `Cannot save a position of ${this.name}: ${offset} is not between ${least} and ${this.#offset}`,
      );
    }
    const reached = this.#given.reached(offset), { time, from, seen, partial } = reached;
    this.#shortened = this.#given.shortened(reached);
    this.#given.forget(offset);
    return {
      ...{ name: this.name, offset, source: "elasticsearch", version: INDEX_POSITION_VERSION },
      time: Number.isFinite(time) ? time : null,
      from: Number.isFinite(from) ? from : null,
      seen: packSeen(seen),
      partial: partial?.fingerprint ?? null,
      within: partial?.within ?? 0,
    };
  }

  close(): void {
    this.leave();
  }

  /** Closes it, and waits until nothing of it is open any more. */
  async leave(): Promise<void> {
    const pages = this.#pages, client = this.#client;
    this.#pages = this.#client = null;
    this.#held = [];
    await pages?.return().catch(() => {}); // the cluster forgets the search by itself
    await client?.close();
  }

  /** Makes more lines; false = there are no more documents now. */
  async #more(): Promise<boolean> {
    this.#lines.length = this.#at = 0;
    for (let failures = 0; this.#lines.length === 0;) {
      if (this.#ended) return false;
      try {
        this.#pages ??= await this.#begin();
        const { value: page } = await this.#pages.next();
        if (page) this.#take(page);
        else this.#end();
        if (!page) return this.#lines.length > 0;
        failures = 0;
      } catch (error) {
        await this.#wait(error, failures++);
      }
    }
    return true;
  }

  /**
   * Waits before the reading goes on behind the last document that was read.
   *
   * @throws {InputError} where that is no use, or was tried too often.
   */
  async #wait(error: unknown, failures: number): Promise<void> {
    if (!(error instanceof ElasticsearchError)) throw error;
    await this.leave();
    const begun = this.#made > (this.resumes?.offset ?? 0), again = error.temporary && begun;
    if (error.kind !== "lost" && !again || failures >= WAITS.length) {
      throw new InputError(error.message, this.name, { cause: error });
    }
    await new Promise((resolve) => setTimeout(resolve, WAITS[failures]));
  }

  /** A search from where documents may have been added since. */
  async #begin(): Promise<AsyncGenerator<Page, void, void>> {
    const { from: reached, seen } = this.#given.reached(this.#made);
    this.#seen = new Set(seen.map(({ fingerprint }) => fingerprint));
    const from = Math.max(reached, this.#search.from ?? -Infinity),
      { untimed = from === -Infinity } = this.#search;
    const client = this.#client ??= await connect(this.#cluster);
    return searchPages(client, this.#fields, {
      ...this.#search,
      timeField: this.#timeField ??= await findTimeField(client, this.#search.index, this.#times),
      ...(Number.isFinite(from) ? { from } : {}),
      untimed: untimed && reached === -Infinity, // they come first
    });
  }

  #end(): void {
    this.#ended = this.final;
    this.#release();
    this.leave();
  }

  #take(page: Page): void {
    if (this.#made === 0) refuseMute(page, this.name);
    const { least } = this.#given;
    if (this.#made - least > 2 * KEPT) this.#given.forget(this.#made - KEPT);
    for (let i = 0; i < page.length; i++) {
      const fingerprint = fingerprintOf(page, i);
      if (this.#seen.delete(fingerprint)) continue;
      const found = { page, i, fingerprint };
      if (this.#partial === null) this.#add(found);
      else if (this.#partial.fingerprint !== fingerprint) this.#held.push(found);
      else {
        this.#held.unshift(found);
        this.#release();
      }
    }
  }

  /** Hands out what waited, the document that was begun first. */
  #release(): void {
    const held = this.#held, partial = this.#partial;
    this.#held = [];
    this.#partial = null;
    held.forEach((found, k) => {
      this.#add(found);
      if (k === 0 && found.fingerprint === partial?.fingerprint) this.#at = partial.within;
    });
  }

  #add({ page, i, fingerprint }: Found): void {
    const before = this.#lines.length, time = page.time(i);
    this.#onDocument(page, i);
    this.#lines.add(page, i);
    this.#made += this.#lines.length - before;
    this.#given.add({ end: this.#made, time: time ?? -Infinity, fingerprint });
  }
}

/** A document of a page. */
interface Found {
  page: Page;
  i: number;
  fingerprint: number;
}
