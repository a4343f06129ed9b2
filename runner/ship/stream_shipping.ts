/**
 * One stream's files, from where they were left to their present ends.
 *
 * @module
 */
import {
  type BulkBody,
  Dictionary,
  type Input,
  InputError,
  jsonBytes,
  LogChain,
  logName,
  type ReaderState,
  RecordReader,
  type SavedPosition,
  type Shipped,
  type ShippedInput,
} from "../../lib/mod.ts";
import type { StreamConfig } from "../config.ts";
import { openFollowed } from "../inputs.ts";
import { type Documents, NameTexts } from "./documents.ts";
import type { Figures } from "./figures.ts";
import { LogReading, type ReadingDetail } from "./log_reading.ts";
import type { Sender } from "./sender.ts";

/** What shipping a stream works with. */
export interface StreamShippingOptions {
  sender: Sender;
  shipped: Shipped;
  documents: Documents;
  figures: Figures;
  /** Name of this machine. */
  host: string;
  /** Bytes and documents of a request, from which on it is sent. */
  requestBytes: number;
  requestItems: number;
  /** A file that is followed and was changed so short a time ago (ms) may not have its last record whole. */
  quiet: number;
  /** Set when nothing more is to be read. */
  stop: AbortSignal;
  now: () => number;
  /** Called after each batch. */
  onProgress: () => void;
  /** What earlier looks read to its end, by name; a file that has not changed since is left closed. */
  ended?: Map<string, EndedInput>;
}

/** An input that was read to its end. */
interface EndedInput {
  modified: number;
  offset: number;
}

/** How coarse a file system's times may be, ms. */
const CLOCK_STEP = 2_500;
/** Bytes that a log's earlier file may still get before those of its next file: a record that waits for its end, late lines. */
const AFTERWARDS = 1 << 20;

/** An input's row in the database, as it is there. */
type Row = ShippedInput & { detail: ReadingDetail & Record<string, unknown> };

/** What documents are named after, to be written down before the first of them is sent. */
interface NamedAfter {
  base: number | null;
  origin: number | null;
  reader: ReaderState | null;
  cut: number | null;
}

/** Ships a stream. */
export class StreamShipping {
  /** How many inputs were found. */
  inputs = 0;
  readonly #stream: StreamConfig;
  readonly #options: StreamShippingOptions;
  readonly #services = new Dictionary();
  readonly #names: NameTexts;
  /** Rows as they will be when all that was read is safe. */
  readonly #rows = new Map<string, Row>();
  /** Rows as they are in the database. */
  readonly #safe = new Map<string, Row>();
  #body: BulkBody;
  #plans = new Map<string, NamedAfter>();
  #moves = new Map<string, Row>();

  constructor(stream: StreamConfig, options: StreamShippingOptions) {
    this.#stream = stream;
    this.#options = options;
    this.#names = new NameTexts((number) => this.#services.text(number));
    this.#body = options.sender.body();
  }

  /** Reads and sends everything that is there. */
  async run(): Promise<void> {
    const { shipped, figures, sender, now } = this.#options, { name, inputs: patterns } = this.#stream;
    const saved = shipped.inputs(name) as unknown as Row[];
    const found = await openFollowed(patterns, saved.map(({ position }) => position as SavedPosition));
    this.inputs = found.inputs.length;
    for (const { kind, text } of found.notes) {
      if (kind === "unreadable" || kind === "damaged" || kind === "missing") figures.problems.push(text);
    }
    const kept = found.kept.map(({ name }) => saved.find((row) => row.name === name)!);
    await this.#begin(found.inputs, { saved, kept });
    this.#options.documents.ingestedAt(now());
    for (const input of found.inputs) {
      if (!this.#options.stop.aborted && this.#hasChanged(input)) await this.#ship(input);
    }
    await this.#seal();
    await sender.settle();
    const ended = [...this.#safe.values()].filter(({ detail }) => detail.origin !== null);
    for (const { detail } of ended) detail.origin = null;
    shipped.put(name, ended);
  }

  /** Writes down where every input stands, under its present name: nothing has moved yet. */
  async #begin(inputs: readonly Input[], { saved, kept }: { saved: Row[]; kept: Row[] }): Promise<void> {
    for (const input of inputs) {
      const before = this.#known(input, saved);
      const detail = before === undefined ? this.#newDetail(input) : { ...before.detail };
      const isSame = before?.name === input.name && !this.#hasChanged(input);
      const position = isSame ? before!.position : await input.position(input.offset);
      const row = { name: input.name, position, detail };
      this.#rows.set(input.name, row);
      this.#safe.set(input.name, copied(row));
    }
    const rows = [...this.#rows.values(), ...kept].sort((a, b) => a.name < b.name ? -1 : 1);
    if (JSON.stringify(rows) !== JSON.stringify(saved)) {
      this.#options.shipped.replace(this.#stream.name, rows);
    }
  }

  /** What was saved of the input at its offset; of a copy it is what was saved of the file that it is a copy of. */
  #known(input: Input, saved: readonly Row[]): Row | undefined {
    const names = [input.resumes?.name, (input as { copy?: string | null }).copy ?? undefined];
    return saved.find(({ name, position }) => names.includes(name) && position.offset === input.offset) ??
      saved.find(({ name }) => name === input.resumes?.name);
  }

  #newDetail(input: Input): Row["detail"] {
    const log = `${this.#options.host}:${input.log ?? input.name}`, chain = new LogChain(log).state;
    return { version: 1, log, base: null, chain, origin: null, cuts: [], reader: null };
  }

  /** Reads one input to its end. */
  async #ship(input: Input): Promise<void> {
    const { documents, figures, stop } = this.#options, row = this.#rows.get(input.name)!;
    const detail = row.detail = this.#decided(input, row.detail), reader = this.#open(input, detail.reader);
    const fallbackService = jsonBytes(this.#fixed(input) ?? logName(input.log ?? input.name));
    const reading = new LogReading(input, {
      ...{ reader, detail, documents, services: this.#services, names: this.#names, fallbackService },
    });
    let isPlanned = false, hasFailed = false;
    try {
      while (!stop.aborted && await reading.read(this.#body)) {
        if (!isPlanned) this.#plan(input, reading.told ?? detail.reader, null);
        isPlanned = true;
        this.#options.onProgress();
        if (this.#isFull()) await this.#sealBehind(input, reading);
      }
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      figures.problems.push(error.message);
      hasFailed = true;
    }
    await this.#end(input, reading);
    if (!hasFailed) this.#note(input, reading, reader);
    for (const { reason, count } of reader.quality.rows()) if (reason === "cut") figures.cut += count;
    reader.release();
    reader.close();
  }

  /** Whether there may be more of it than an earlier look read. */
  #hasChanged({ name, modified, offset }: Input): boolean {
    const ended = this.#options.ended?.get(name);
    return ended === undefined || ended.modified !== modified || ended.offset !== offset;
  }

  /** Notes that all of it is read; what changed a moment ago may change again at the same time of its clock. */
  #note({ name, modified }: Input, reading: LogReading, reader: RecordReader): void {
    const { ended, now, stop } = this.#options, { offset } = reading.anchor;
    ended?.delete(name);
    const isCalm = modified !== undefined && Math.abs(now() - modified) > CLOCK_STEP;
    if (isCalm && offset === reader.offset && !stop.aborted) ended?.set(name, { modified, offset });
  }

  /** Ends the last record, unless there may be more of it; where that was is written down before it is sent. */
  async #end(input: Input, reading: LogReading): Promise<void> {
    const { quiet, now, stop } = this.#options;
    const isFresh = !input.final && Math.abs(now() - (input.modified ?? 0)) < quiet;
    if (!isFresh && !stop.aborted) {
      const cut = reading.finish(this.#body);
      if (cut !== null) this.#plan(input, reading.anchor.reader, cut);
    }
    await this.#move(input, reading);
    if (this.#isFull()) await this.#seal();
  }

  #plan({ name }: Input, reader: ReaderState | null, cut: number | null): void {
    const { base, origin } = this.#rows.get(name)!.detail, planned = this.#plans.get(name);
    this.#plans.set(name, { base, origin, reader: planned?.reader ?? reader, cut });
  }

  /** Rows with what is planned, where they are safe up to now. */
  #planned(plans: ReadonlyMap<string, NamedAfter>): Row[] {
    return Array.from(plans, ([name, { base, origin, reader, cut }]) => {
      const { detail } = this.#safe.get(name)!, cuts = cut === null ? detail.cuts : [...detail.cuts, cut];
      Object.assign(detail, { base, origin, reader: detail.reader ?? reader, cuts });
      return this.#safe.get(name)!;
    });
  }

  async #sealBehind(input: Input, reading: LogReading): Promise<void> {
    await this.#move(input, reading);
    await this.#seal();
  }

  /** Notes where the input stands when the present body is safe. */
  async #move(input: Input, { anchor }: LogReading): Promise<void> {
    const row = this.#rows.get(input.name)!, { offset, reader, chain } = anchor;
    if (offset === (row.position.offset as number) && row.detail.reader !== null) return;
    row.position = await input.position(offset);
    const cuts = row.detail.cuts.filter((cut) => cut > offset);
    row.detail = { ...row.detail, reader, chain, cuts };
    this.#moves.set(input.name, copied(row));
  }

  /** Hands the present body over. */
  async #seal(): Promise<void> {
    const { sender, figures, documents, now } = this.#options, body = this.#body;
    if (body.items === 0 && this.#moves.size === 0) return;
    figures.read += body.items;
    figures.replaced += body.replaced;
    const moves = [...this.#moves.values()], plans = this.#plans;
    this.#moves = new Map();
    this.#plans = new Map();
    this.#body = sender.body();
    await sender.send({
      ...{ body, stream: this.#stream.name, before: () => this.#planned(plans), moves },
      onSafe: () => moves.forEach((row) => this.#safe.set(row.name, copied(row))),
    });
    documents.ingestedAt(now());
  }

  #isFull(): boolean {
    const { requestBytes, requestItems } = this.#options;
    return this.#body.length >= requestBytes || this.#body.items >= requestItems;
  }

  /** What documents are named and ordered after is decided once. */
  #decided(input: Input, detail: Row["detail"]): Row["detail"] {
    const origin = detail.origin ?? Math.floor(input.modified ?? this.#options.now());
    if (detail.base !== null) return { ...detail, origin };
    const ends = [...this.#rows.values()].filter(({ detail: { log, base } }) =>
      log === detail.log && base !== null
    )
      .map((row) => row.detail.base! + (row.position.offset as number) + AFTERWARDS);
    return { ...detail, origin, base: Math.max(0, ...ends) };
  }

  #fixed(input: Input): string | undefined {
    const { service, name } = this.#stream;
    if (service === "field") return undefined;
    return service === "file" ? logName(input.log ?? input.name) : service ?? name;
  }

  #open(input: Input, state: ReaderState | null): RecordReader {
    const { format, utc_offset: utcOffset } = this.#stream;
    return new RecordReader(input, {
      ...{ services: this.#services, format, service: this.#fixed(input) },
      fallbackService: logName(input.log ?? input.name),
      formatOptions: { utcOffset },
      state: state ?? undefined,
    });
  }
}

function copied(row: Row): Row {
  return { ...row, detail: { ...row.detail, cuts: [...row.detail.cuts] } };
}
