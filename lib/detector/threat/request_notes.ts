/**
 * Requests of access logs, noted by who sent them.
 *
 * @module
 */
import type { LogBatch } from "../../record/log_batch.ts";
import { addHash, hashBytes } from "./distinct_hashes.ts";
import { unescaped } from "./json_text.ts";
import {
  COMMAND,
  FILE,
  injectionsOf,
  isFileProbe,
  mayBeInjected,
  plainTarget,
  scannerOf,
  TRAVERSAL,
} from "./request_probe.ts";
import { RequestReader } from "./request_reader.ts";
import { firstText, noRequests, type RequestCounts } from "./source_counts.ts";
import type { SourceFact } from "./source_fact.ts";

/** Paths and agents remembered; then all are forgotten. */
const MEMO_LIMIT = 1 << 14;
/** What a source weighs by what it did, see `SourceCounts.weight`. */
const FAILING_WEIGHT = 4, PROBE_WEIGHT = 16;
/** Characters of a target that are shown. */
const SHOWN = 120;
/** What only succeeds where a file or a command was reached. */
const BREACHES = 1 << TRAVERSAL | 1 << COMMAND;

/** Reads requests and notes them in facts. */
export class RequestNotes {
  readonly #request = new RequestReader();
  readonly #files = new Map<number, boolean>();
  readonly #agents = new Map<number, string>();

  constructor(readonly redact: (text: string) => string) {}

  /** Reads a row; `false` where it is no request. */
  read(batch: LogBatch, row: number): boolean {
    return this.#request.read(batch, row);
  }

  /** Who a JSON record that is no request is about. */
  who(batch: LogBatch, row: number): { source: string; user: string } {
    return this.#request.who(batch, row);
  }

  /** Notes the request that was read last. */
  note(fact: SourceFact, batch: LogBatch): void {
    const { bytes } = batch, request = this.#request, { sourceStart, sourceEnd, status } = request;
    const { totals } = fact;
    totals.requests++;
    if (status >= 400 && status < 500) totals.failing++;
    if (sourceEnd === sourceStart) return;
    const source = fact.sourceByHash(
      sourceHash(bytes, sourceStart, sourceEnd),
      () => sourceKey(batch.text(sourceStart, sourceEnd)),
    );
    const web = source.web ??= noRequests();
    web.requests++;
    if (request.sends) web.posts++;
    web.size += request.size;
    source.weight += 1 + this.#answered(web, bytes, status) + this.#probes(web, batch);
    const scanner = this.#scanner(batch);
    if (scanner !== "") web.scanner = firstText(web.scanner, scanner);
  }

  /** Counts the status; returns what it weighs. */
  #answered(web: RequestCounts, bytes: Uint8Array, status: number): number {
    if (status < 400) return 0;
    if (status >= 500) web.broken++;
    else {
      if (status === 401 || status === 403) web.refused++;
      else web.missing++;
      addHash(web.failing, hashBytes(bytes, this.#request.targetStart, this.#request.pathEnd));
    }
    return FAILING_WEIGHT;
  }

  /** Counts what the target tries; returns what it weighs. */
  #probes(web: RequestCounts, batch: LogBatch): number {
    const { bytes } = batch, { targetStart, targetEnd, queryStart, queryEnd, status } = this.#request;
    const bits = this.#injections(batch, targetStart, targetEnd) |
      this.#injections(batch, queryStart, queryEnd);
    const served = status >= 200 && status < 300;
    if (bits === 0) return this.#hidden(web, batch, served);
    for (let probe = 0; probe < FILE; probe++) if ((bits >> probe & 1) !== 0) web.probes[probe]++;
    const ofQuery = queryEnd > queryStart ? hashBytes(bytes, queryStart, queryEnd) : 0;
    addHash(web.injected, (hashBytes(bytes, targetStart, targetEnd) ^ ofQuery) >>> 0);
    if (served) web.answered++;
    if (served && (bits & BREACHES) !== 0) web.breached++;
    web.example = firstText(web.example, this.#shown(batch, targetEnd));
    return PROBE_WEIGHT;
  }

  #injections(batch: LogBatch, start: number, end: number): number {
    if (!mayBeInjected(batch.bytes, start, end)) return 0;
    return injectionsOf(plainTarget(this.#text(batch, start, end)));
  }

  #text(batch: LogBatch, start: number, end: number): string {
    const text = batch.text(start, end);
    return this.#request.isJson ? unescaped(text) : text;
  }

  /** Counts a path that is only asked for to see whether something was left open. */
  #hidden(web: RequestCounts, batch: LogBatch, served: boolean): number {
    const { targetStart, pathEnd } = this.#request, hash = hashBytes(batch.bytes, targetStart, pathEnd);
    let isProbe = this.#files.get(hash);
    if (isProbe === undefined) {
      if (this.#files.size >= MEMO_LIMIT) this.#files.clear();
      this.#files.set(hash, isProbe = isFileProbe(plainTarget(this.#text(batch, targetStart, pathEnd))));
    }
    if (!isProbe) return 0;
    web.probes[FILE]++;
    addHash(web.hidden, hash);
    if (served) {
      web.found++;
      web.foundPath = firstText(web.foundPath, this.#shown(batch, pathEnd));
    }
    return PROBE_WEIGHT;
  }

  #shown(batch: LogBatch, end: number): string {
    const { targetStart, targetEnd, queryStart, queryEnd } = this.#request;
    const query = end === targetEnd && queryEnd > queryStart
      ? `?${this.#text(batch, queryStart, queryEnd)}`
      : "";
    return this.redact(this.#text(batch, targetStart, end) + query).slice(0, SHOWN);
  }

  #scanner(batch: LogBatch): string {
    const { agentStart, agentEnd } = this.#request;
    if (agentEnd <= agentStart) return "";
    const hash = hashBytes(batch.bytes, agentStart, agentEnd);
    let name = this.#agents.get(hash);
    if (name === undefined) {
      if (this.#agents.size >= MEMO_LIMIT) this.#agents.clear();
      this.#agents.set(hash, name = scannerOf(batch.text(agentStart, agentEnd)));
    }
    return name;
  }
}

/** 53 bits of a source's bytes. */
function sourceHash(bytes: Uint8Array, start: number, end: number): number {
  let first = 0x811c9dc5, second = 0x2545f491;
  for (let i = start; i < end; i++) {
    first = Math.imul(first ^ bytes[i], 0x01000193);
    second = Math.imul(second ^ bytes[i], 0x5bd1e995) + (second >>> 15) | 0;
  }
  return (first >>> 0) * 0x200000 + (second >>> 11);
}

/** An IPv4 address that is written as an IPv6 one is the same source. */
function sourceKey(text: string): string {
  const lower = text.toLowerCase();
  return lower.startsWith("::ffff:") && lower.includes(".") ? lower.slice(7) : lower;
}
