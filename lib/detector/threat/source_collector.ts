/**
 * Notes what the sources of a window do.
 *
 * @module
 */
import type { LogBatch } from "../../record/log_batch.ts";
import { redact as redactAll } from "../../record/redaction.ts";
import type { Collector } from "../../window/collector.ts";
import { changeOf, CHANGES } from "./account_change.ts";
import { concernOf, REQUEST, UNCONCERNED } from "./concern.ts";
import { addHash, hashText } from "./distinct_hashes.ts";
import { isObject } from "./json_text.ts";
import { RequestNotes } from "./request_notes.ts";
import { noLogins, noteAccepted, type SourceCounts } from "./source_counts.ts";
import { SourceFact } from "./source_fact.ts";
import { type Statement, STATEMENT_LIMIT, type StatementHint, statementOf } from "./statement.ts";

/** How a {@linkcode SourceCollector} reads. */
export interface SourceCollectorOptions {
  /**
   * The text of a template. Without it (while templates are still being learned) the first line of each template decides whether its
   * lines are looked at.
   */
  textOf?: (template: number) => string;
  /** Takes secrets out of what is kept; default: the built-in patterns. */
  redact?: (text: string) => string;
}

/** What a source weighs by what it did, see `SourceCounts.weight`. */
const FAILED_WEIGHT = 8, ACCEPTED_WEIGHT = 2, REPORTED_WEIGHT = 8;

/** Not asked yet; and beside what the text says: its records are JSON objects, whose fields may be those of a request. */
const UNKNOWN = 255, OBJECT = 4;
/** Records of a template that may turn out to be requests: none of so many was. */
const TRIES = 64;

/**
 * The {@linkcode Collector} of the detectors of threats. A template is asked once whether its lines are about logins, rights,
 * accounts, attacks or requests; the lines of all others cost one look at a table. What a JSON record's fields are, its message
 * doesn't tell, so the first records of such a template are looked at themselves.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { LogBatch } from "../../record/log_batch.ts";
 * import { attemptsOf } from "./source_counts.ts";
 * import { SourceCollector } from "./source_collector.ts";
 *
 * const batch = new LogBatch(), line = new TextEncoder().encode("Failed password for root from 203.0.113.9 port 4 ssh2");
 * batch.bytes.set(line);
 * batch.length = 1;
 * batch.contentEnd[0] = line.length;
 * batch.template[0] = 0;
 * const collector = new SourceCollector();
 * const fact = collector.add(undefined, batch, 0);
 * assert.equal(attemptsOf(fact!.sources.get("203.0.113.9")!.login!), 1);
 * ```
 */
export class SourceCollector implements Collector<SourceFact> {
  readonly name: string = "sources";
  readonly #textOf: ((template: number) => string) | undefined;
  readonly #redact: (text: string) => string;
  readonly #requests: RequestNotes;
  #concerns = new Uint8Array(1024).fill(UNKNOWN);
  readonly #hints = new Map<number, StatementHint>();
  /** How many records of a template of JSON objects were no requests; -1 = some are. */
  readonly #tries = new Map<number, number>();

  constructor(options: SourceCollectorOptions = {}) {
    this.#textOf = options.textOf;
    this.#redact = options.redact ?? redactAll;
    this.#requests = new RequestNotes(this.#redact);
  }

  add(fact: SourceFact | undefined, batch: LogBatch, row: number): SourceFact | undefined {
    const concern = this.#concerns[batch.template[row]]; // undefined where there was no such template yet
    if (concern === UNCONCERNED) return fact;
    const known = concern !== undefined && concern !== UNKNOWN;
    return this.#note(fact, batch, row, known ? concern : this.#ask(batch, row));
  }

  #note(fact: SourceFact | undefined, batch: LogBatch, row: number, concern: number): SourceFact | undefined {
    if (concern === UNCONCERNED) return fact;
    const isRequest = (concern & (REQUEST | OBJECT)) !== 0 && this.#requests.read(batch, row);
    if ((concern & OBJECT) !== 0) this.#tried(batch.template[row], concern, isRequest);
    if (isRequest) {
      fact ??= new SourceFact();
      this.#requests.note(fact, batch);
      return fact;
    }
    if ((concern & ~OBJECT) === UNCONCERNED) return fact;
    const said = statementOf(textOf(batch, row), this.#hints.get(batch.template[row]));
    if (said === null) return fact;
    if (said.source === "" && isObject(batch, row)) {
      const { source, user } = this.#requests.who(batch, row);
      said.source = source.toLowerCase();
      if (said.user === "") said.user = user;
    }
    fact ??= new SourceFact();
    if (CHANGES.has(said.kind)) fact.changed(changeOf(said, batch.timestamp[row], this.#redact));
    else this.#noteLogin(fact, said, batch.timestamp[row]);
    return fact;
  }

  /** Whether the lines of a row's template are looked at; remembered. */
  #ask(batch: LogBatch, row: number): number {
    const template = batch.template[row], text = template < 0 ? undefined : this.#textOf?.(template);
    const isRequest = text === undefined && this.#requests.read(batch, row);
    const own = isRequest ? REQUEST : concernOf(text ?? textOf(batch, row));
    const concern = isObject(batch, row) ? own | OBJECT : own;
    if (template < 0) return concern;
    const hint = text === undefined ? null : statementOf(text);
    if (hint !== null) this.#hints.set(template, { kind: hint.kind, form: hint.form });
    while (template >= this.#concerns.length) {
      const grown = new Uint8Array(this.#concerns.length * 2).fill(UNKNOWN);
      grown.set(this.#concerns);
      this.#concerns = grown;
    }
    this.#concerns[template] = concern;
    return concern;
  }

  /** Looks at no more records of a template for requests once enough of them were none. */
  #tried(template: number, concern: number, isRequest: boolean): void {
    const tries = this.#tries.get(template) ?? 0;
    if (template < 0 || tries < 0) return;
    this.#tries.set(template, isRequest ? -1 : tries + 1);
    if (!isRequest && tries + 1 >= TRIES) this.#concerns[template] = concern & ~OBJECT;
  }

  #noteLogin(fact: SourceFact, said: Statement, time: number): void {
    const user = this.#redact(said.user);
    if (said.kind === "failed") fact.totals.failed[said.form] += said.times;
    else if (said.kind === "accepted") fact.totals.accepted++;
    else fact.totals.reported++;
    // What has no other side is the user's own; that a user does not exist is said beside a line that names the other side.
    const key = said.source !== "" ? said.source : user !== "" && said.form < 2 ? `user ${user}` : "";
    if (said.kind === "failed" && user !== "") fact.tried(user, hashText(said.source), said.times);
    if (key !== "") noteSource(fact.source(key), said, user, time);
  }

  merge(a: SourceFact, b: SourceFact): SourceFact {
    return a.merge(b);
  }

  save(fact: SourceFact): unknown {
    return fact.toJSON();
  }

  load(saved: unknown): SourceFact {
    return SourceFact.fromJSON(saved);
  }
}

function noteSource(source: SourceCounts, said: Statement, user: string, time: number): void {
  if (said.kind === "reported") {
    source.reported++;
    source.weight += REPORTED_WEIGHT;
    if (source.speaking === "" || said.command < source.speaking) source.speaking = said.command;
    return;
  }
  const login = source.login ??= noLogins(), at = time >= 0 ? time : -1;
  if (said.kind === "accepted") {
    login.accepted++;
    noteAccepted(login, at, user);
    source.weight += ACCEPTED_WEIGHT;
    return;
  }
  login.failed[said.form] += said.times;
  if (login.firstFailed < 0 || at < login.firstFailed) login.firstFailed = at;
  if (user !== "") addHash(login.users, hashText(user));
  source.weight += FAILED_WEIGHT * said.times;
}

function textOf(batch: LogBatch, row: number): string {
  const start = batch.contentStart[row];
  return batch.text(start, Math.min(batch.contentEnd[row], start + STATEMENT_LIMIT));
}
