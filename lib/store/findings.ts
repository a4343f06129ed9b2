/**
 * Documents about what was found, on their way to another store: a table of the state database.
 *
 * @module
 */
import { hashBytes } from "../source/fingerprint.ts";
import type { Database } from "./database.ts";
import type { Row } from "./rows.ts";

/** A document as it should be. */
export interface Finding {
  /** What kind of document: `alerts`, `verdicts`, … */
  kind: string;
  /** Its name, the same whenever it is written; unique among its kind. */
  id: string;
  /** Which index of its kind it lies in: decided once, when it is new; later ones are ignored. */
  place: string;
  /** Time of what it is about, ms since the epoch; `null` = it is about no time, and is never forgotten. */
  at: number | null;
  /** The document as JSON. */
  body: string;
  /** Whether the body stays when the document was taken; default false: only that it was sent is remembered. */
  keepsBody?: boolean;
}

/** A document with its history. */
export interface StoredFinding extends Finding {
  /** Grows with every change of the document. */
  version: number;
  /** `dead` = it was refused for good. */
  status: "due" | "sent" | "dead";
  /** When this version came, ms since the epoch: since then it waits, or has waited. */
  queuedAt: number;
  /** Why it was refused; empty where it was not. */
  lastError: string;
  /** Whether the body stays. */
  keepsBody: boolean;
}

/** How many documents of a kind are in a status. */
export interface FindingCount {
  kind: string;
  status: StoredFinding["status"];
  documents: number;
  /** Bytes (UTF-8) of what is kept of them. */
  bytes: number;
}

const encoder = new TextEncoder();

/**
 * Every document is there once, in its newest version: one that waits is replaced by what it has become, so that what waits is
 * never more than what there is. What was sent is remembered without its body, so that a repeat is no change.
 *
 * A version is the time of the change in ms, or one more than the version before where the clock says less: it grows also where
 * the state was lost or an earlier copy of it was put back.
 *
 * @example A change replaces what waits; a repeat changes nothing
 * ```ts
 * import assert from "node:assert/strict";
 * import { State } from "./state.ts";
 *
 * const { findings } = State.open(":memory:");
 * const alert = { kind: "alerts", id: "a1", place: "2026.03", at: 0, body: '{"severity":"low"}' };
 * assert(findings.put(alert, 1000) && !findings.put(alert, 2000));
 * assert(findings.put({ ...alert, body: '{"severity":"high"}' }, 1000));
 * const [{ version, body }] = findings.due(1 << 20);
 * assert.deepEqual([version, body], [1001, '{"severity":"high"}']);
 * ```
 */
export class Findings {
  /** @param database Where the table is. */
  constructor(private readonly database: Database) {}

  /** Everything that `run` writes, or nothing. */
  transaction<T>(run: () => T): T {
    return this.database.transaction(run);
  }

  /**
   * Notes a document as it should be; `false`, and nothing happens, where it is that already.
   *
   * @param now Milliseconds since the epoch.
   */
  put(finding: Finding, now: number): boolean {
    const { kind, id, place, at, body, keepsBody = false } = finding, hash = hashBytes(encoder.encode(body));
    const known = this.database.sql("select place, version, hash from finding where kind = ? and id = ?")
      .get(kind, id);
    if (known?.hash === hash) {
      this.database.sql("update finding set at = ? where kind = ? and id = ?").run(at, kind, id);
      return false;
    }
    const version = Math.max(Math.floor(now), known === undefined ? 1 : Number(known.version) + 1);
    this.database.sql(`insert or replace into finding
      (kind, id, place, at, version, hash, body, keeps_body, status, queued_at) values (?, ?, ?, ?, ?, ?, ?, ?, 'due', ?)`)
      .run(...[kind, id, String(known?.place ?? place), at, version, hash, body, keepsBody ? 1 : 0, now]);
    return true;
  }

  /** What is known of a document; `null` where it was never noted, or is forgotten. */
  get(kind: string, id: string): StoredFinding | null {
    const row = this.database.sql("select * from finding where kind = ? and id = ?").get(kind, id);
    return row === undefined ? null : findingOf(row);
  }

  /** All documents of a kind, by their names. */
  ofKind(kind: string): StoredFinding[] {
    return this.database.sql("select * from finding where kind = ? order by id").all(kind).map(findingOf);
  }

  /**
   * Documents that wait, longest waiting first.
   *
   * @param bytes Characters of their bodies at the most; one document is given however long it is.
   */
  due(bytes: number): StoredFinding[] {
    const found: StoredFinding[] = [];
    let length = 0;
    const rows = this.database.sql(
      "select * from finding indexed by finding_due where status = 'due' order by queued_at, kind, id",
    ).iterate();
    for (const row of rows) {
      length += String(row.body).length;
      if (found.length > 0 && length > bytes) break;
      found.push(findingOf(row));
    }
    return found;
  }

  /** Documents that were refused for good, oldest first. */
  dead(): StoredFinding[] {
    return this.database.sql("select * from finding where status = 'dead' order by queued_at, kind, id").all()
      .map(findingOf);
  }

  /** How many there are of each kind and status. */
  counts(): FindingCount[] {
    return this.database.sql(`select kind, status, count(*) as documents, sum(octet_length(body)) as bytes
      from finding group by kind, status order by kind, status`).all().map((row) => ({
      ...{ kind: String(row.kind), status: statusOf(row) },
      ...{ documents: Number(row.documents), bytes: Number(row.bytes) },
    }));
  }

  /** Documents were taken, in these versions; what has changed since still waits. */
  settled(findings: readonly StoredFinding[]): void {
    const update = this.database.sql(`update finding set status = 'sent', last_error = '',
      body = case keeps_body when 1 then body else '' end where kind = ? and id = ? and version = ?`);
    for (const { kind, id, version } of findings) update.run(kind, id, version);
  }

  /** A document was refused for good, in this version: it waits for a change, or for {@linkcode retry}. */
  refused({ kind, id, version }: StoredFinding, error: string): void {
    this.database.sql(
      "update finding set status = 'dead', last_error = ? where kind = ? and id = ? and version = ?",
    )
      .run(error, kind, id, version);
  }

  /** Lets everything that was refused wait again; how many that are. */
  retry(now: number): number {
    return Number(
      this.database.sql("update finding set status = 'due', queued_at = ? where status = 'dead'").run(now)
        .changes,
    );
  }

  /** Forgets what was sent, but not where documents lie and which versions they have: what is put next is a change. */
  renew(): void {
    this.database.sql("update finding set hash = ''").run();
  }

  /**
   * Forgets documents that have not changed since a time, ms since the epoch: those that were sent or refused. What is about no
   * time is kept.
   *
   * @param expendable A kind of which those that still wait are forgotten too; default: none.
   * @param limit Documents that one call forgets at most.
   * @returns How many were forgotten.
   */
  prune(before: number, { expendable = "", limit = 10_000 } = {}): number {
    return Number(
      this.database.sql(`delete from finding where (kind, id) in
        (select kind, id from finding indexed by finding_by_age where queued_at < ?1 and at is not null
        and (status <> 'due' or kind = ?2) order by queued_at limit ?3)`)
        .run(before, expendable, limit).changes,
    );
  }
}

function statusOf({ status }: Row): StoredFinding["status"] {
  return status === "sent" || status === "dead" ? status : "due";
}

function findingOf(row: Row): StoredFinding {
  return {
    kind: String(row.kind),
    id: String(row.id),
    place: String(row.place),
    at: row.at === null ? null : Number(row.at),
    version: Number(row.version),
    body: String(row.body),
    keepsBody: row.keeps_body === 1,
    status: statusOf(row),
    queuedAt: Number(row.queued_at),
    lastError: String(row.last_error),
  };
}
