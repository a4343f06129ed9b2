/**
 * Documents of an index as columns, cleaned on the way.
 *
 * @module
 */
import { document } from "../record/formats/document.ts";
import { levelOfSeverity } from "../record/level.ts";
import { LogBatch } from "../record/log_batch.ts";
import { redact } from "../record/redaction.ts";
import { valueOfField } from "../source/elasticsearch/document_value.ts";
import { DocumentLines } from "../source/elasticsearch/document_lines.ts";
import { fingerprintOf } from "../source/elasticsearch/fingerprint.ts";
import type { Page } from "../source/elasticsearch/page.ts";
import { INFERRED, LEVEL, MESSAGE, TIME } from "../source/elasticsearch/wanted_fields.ts";
import { Cleaned } from "./cleaned.ts";
import { type Cell, Table } from "../table/table.ts";

/** What stands in place of what a document doesn't have, and what else is copied. */
export interface DocumentRowsOptions {
  /** Default `INFO`. */
  level?: string | null;
  /** Default: none, so that it stays empty. */
  service?: string | null;
  /** Further fields, dotted: columns of their own in {@linkcode DocumentRows.fields}. */
  more?: readonly string[];
  /** What takes secrets out of a message. Default: the built-in redaction. */
  redact?: (text: string) => string;
}

const FIELDS = ["@timestamp", "log.level", "service.name", "message", "_index", "_id"];
const NEWLINE = 10, RETURN = 13, COMMA = 44, BRACKET = 91;
/** `2026-03-02T10:00:00.123Z`. */
const ISO_LENGTH = 24, T = 84, Z = 90;

/**
 * Copies documents out of pages: each one once, times as ISO 8601 in UTC with milliseconds, what is missing filled, of messages
 * in a list (as Logstash's grok leaves them) the last one, secrets taken out; and counts what it changed.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Page } from "../source/elasticsearch/page.ts";
 * import { USUAL_FIELDS, wantedFields } from "../source/elasticsearch/wanted_fields.ts";
 * import { DocumentRows } from "./document_rows.ts";
 *
 * const _source = { timestamp: "2026-03-02 11:00:00+01:00", loglevel: "WARN", message: ["11:00 WARN slow", "slow"] };
 * const page = new Page(wantedFields(USUAL_FIELDS));
 * page.read(new TextEncoder().encode(JSON.stringify({ hits: { hits: [{ _index: "logs", _id: "a", _source, sort: [1772445600000] }] } })));
 * const rows = new DocumentRows({ service: "shop" });
 * rows.add(page, 0);
 * assert.deepEqual(rows.events().rows()[0].slice(0, 6), [1, "2026-03-02", "10:00:00.000", "WARN", "shop", "slow"]);
 * ```
 */
export class DocumentRows {
  /** Documents that became rows. */
  length = 0;
  readonly #options: Required<DocumentRowsOptions>;
  readonly #lines = new DocumentLines();
  readonly #parser = document.open();
  readonly #seen = new Set<number>();
  readonly #cleaned = new Cleaned();
  readonly #columns = {
    line: [] as number[],
    time: [] as (string | null)[],
    level: [] as (string | null)[],
    service: [] as (string | null)[],
    content: [] as string[],
    message: [] as string[],
    index: [] as string[],
    id: [] as string[],
    more: [] as Cell[][],
  };
  #batch = new LogBatch(undefined, 1 << 16, 1);
  #line = 1;

  constructor(options: DocumentRowsOptions = {}) {
    const more = [...new Set(options.more ?? [])].filter((name) => !FIELDS.includes(name)); // each column once
    this.#options = { level: "INFO", service: null, redact, ...options, more };
    this.#columns.more = this.#options.more.map(() => []);
  }

  /** Copies a document, unless it was copied before. */
  add(page: Page, i: number): void {
    const fingerprint = fingerprintOf(page, i);
    if (this.#seen.has(fingerprint)) return void this.#cleaned.add("duplicates");
    this.#seen.add(fingerprint);
    const columns = this.#columns, { lines, firstEnd } = this.#parse(page, i), batch = this.#batch;
    columns.line.push(this.#line);
    columns.time.push(this.#time(page, i, batch.timestamp[0]));
    columns.level.push(this.#level(page, i, batch.severity[0]));
    columns.service.push(this.#service(batch.service[0]));
    this.#message(page, i, lines === 1 ? -1 : firstEnd);
    columns.index.push(page.index(i));
    columns.id.push(page.id(i));
    this.#options.more.forEach((name, at) => columns.more[at].push(this.#value(page, i, name)));
    this.#line += lines;
    this.length++;
  }

  /** The documents with loghub's columns, as `EventRows` gives those of a file: a message's first line. */
  events(): Table {
    const { line, time, level, service, content } = this.#columns,
      nothing = new Array<Cell>(this.length).fill(null);
    return new Table({
      ...{ LineId: line, Date: time.map((text) => text?.slice(0, 10) ?? null) },
      ...{ Time: time.map((text) => text?.slice(11, -1) ?? null), Level: level, Component: service },
      ...{ Content: content, EventId: nothing, EventTemplate: nothing },
    });
  }

  /** The documents with the names of the Elastic Common Schema: whole messages. */
  fields(): Table {
    const { time, level, service, message, index, id, more } = this.#columns;
    const levels = level.map((text) => text?.toLowerCase() ?? null);
    const values = [time, levels, service, message, index, id, ...more];
    const names = [...FIELDS, ...this.#options.more];
    return new Table(names.map((name, i) => [name, values[i]] as const));
  }

  /** What was found and what was done about it: `found, documents, done`. */
  cleaning(): Table {
    const { level, service } = this.#options, read = this.length + this.#cleaned.count("duplicates");
    return this.#cleaned.table(read, { levelless: level, serviceless: service });
  }

  /** Reads a document as its line is read: how many lines it has, and where the first one ends. */
  #parse(page: Page, i: number): { lines: number; firstEnd: number } {
    const written = this.#lines;
    written.length = 0;
    written.add(page, i);
    const text = written.text(), end = text.length - 1; // without the newline
    if (this.#batch.bytes.length < text.length) {
      this.#batch = new LogBatch(this.#batch.services, 2 * text.length, 1);
    }
    const batch = this.#batch, newline = text.indexOf(NEWLINE);
    batch.bytes.set(text);
    batch.filled = end;
    batch.start[0] = 0;
    const firstEnd = newline > 0 && text[newline - 1] === RETURN ? newline - 1 : newline;
    batch.recordEnd[0] = firstEnd;
    this.#parser.parse(batch, 0, 1);
    let lines = 1;
    for (let p = newline; p < end; p = text.indexOf(NEWLINE, p + 1)) lines++;
    return { lines, firstEnd };
  }

  #time(page: Page, i: number, timestamp: number): string | null {
    if (Number.isNaN(timestamp)) {
      this.#cleaned.add(page.field(i, INFERRED) === null ? "untimed" : "inferred");
      return null;
    }
    const raw = page.field(i, TIME),
      isIso = raw !== null && raw.end - raw.start === ISO_LENGTH && page.bytes[raw.end - 1] === Z &&
        page.bytes[raw.start + 10] === T;
    if (!isIso) this.#cleaned.add("rewritten");
    return new Date(timestamp).toISOString();
  }

  /** Class of the severity in capitals. */
  #level(page: Page, i: number, severity: number): string | null {
    if (severity > 0) return levelOfSeverity(severity).toUpperCase();
    const raw = page.field(i, LEVEL), text = raw === null ? "" : page.text(raw).trim();
    if (text !== "") {
      this.#cleaned.add("unknown");
      return text.toUpperCase();
    }
    this.#cleaned.add("levelless");
    return this.#options.level;
  }

  #service(number: number): string | null {
    if (number >= 0) return this.#batch.services.text(number);
    this.#cleaned.add("serviceless");
    return this.#options.service;
  }

  #value(page: Page, i: number, name: string): Cell {
    const value = valueOfField(page, i, name);
    return typeof value === "string" ? this.#options.redact(value) : value;
  }

  /** @param firstEnd Where the first of several lines ends; -1 = there is one. */
  #message(page: Page, i: number, firstEnd: number): void {
    const { content, message } = this.#columns, batch = this.#batch, raw = page.field(i, MESSAGE);
    if (raw === null) this.#cleaned.add("messageless");
    else if (isListed(page, raw.start)) this.#cleaned.add("lists");
    const { redact } = this.#options;
    const first = raw === null ? "" : redact(batch.text(batch.contentStart[0], batch.contentEnd[0]));
    content.push(first);
    const isWhole = raw === null || firstEnd < 0;
    message.push(
      isWhole
        ? first
        : redact(batch.text(batch.contentStart[0], batch.contentEnd[0]) + batch.text(firstEnd, batch.filled)),
    );
  }
}

/** Whether a string, whose inside begins at `start`, stands in a list: no name is before it. */
function isListed({ bytes }: Page, start: number): boolean {
  let p = start - 2; // before its quote
  while (bytes[p] === 32 || bytes[p] === NEWLINE || bytes[p] === RETURN || bytes[p] === 9) p--;
  return bytes[p] === BRACKET || bytes[p] === COMMA;
}
