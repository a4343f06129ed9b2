/**
 * What the sources of a window did: all that the detectors of threats see of it.
 *
 * @module
 */
import { savedFields } from "../../record/saved_fields.ts";
import { type AccountChange, changeKey, mergeChanges, readChange } from "./account_change.ts";
import { hashList, mergeHashes } from "./distinct_hashes.ts";
import { mergeSources, newSource, readSource, type SourceCounts } from "./source_counts.ts";

const { arrayOf, fieldsOf, amount, integer, text } = savedFields("what sources did");

/** Sources, users and changes of a window that are kept at the most. */
export const SOURCE_LIMIT = 1024, USER_LIMIT = 256, CHANGE_LIMIT = 64;

/** A user that was refused. */
export interface TriedUser {
  weight: number;
  /** Hashes of the sources that tried. */
  sources: number[];
}

/** All that was counted in a window, whatever sources were dropped. */
export interface Totals {
  /** Statements of refused attempts by form, see `LoginCounts.failed`. */
  failed: number[];
  accepted: number;
  requests: number;
  /** Requests answered with 4xx. */
  failing: number;
  reported: number;
}

/** A {@linkcode SourceFact} as plain data. */
export interface SavedSourceFact {
  version: 1;
  totals: Totals;
  sources: SourceCounts[];
  users: [string, TriedUser][];
  changes: AccountChange[];
  dropped: number;
}

/**
 * What the sources of a window did, in bounded memory. While there are no more than {@linkcode SOURCE_LIMIT} of them everything is
 * exact and independent of order; beyond, the ones that did least are dropped and counted.
 *
 * Source: J. Misra, D. Gries, *Finding repeated elements*, Science of Computer Programming 2 (1982), half of the counters at a time.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { SourceFact } from "./source_fact.ts";
 *
 * const fact = new SourceFact();
 * fact.source("203.0.113.9").reported++;
 * const restored = SourceFact.fromJSON(JSON.parse(JSON.stringify(fact)));
 * assert.equal(restored.sources.get("203.0.113.9")?.reported, 1);
 * ```
 */
export class SourceFact {
  readonly totals: Totals = { failed: [0, 0, 0, 0], accepted: 0, requests: 0, failing: 0, reported: 0 };
  /** By key. */
  readonly sources: Map<string, SourceCounts> = new Map();
  readonly users: Map<string, TriedUser> = new Map();
  /** By {@linkcode changeKey}. */
  readonly changes: Map<string, AccountChange> = new Map();
  /** Sources, users and changes that were dropped because there were too many. */
  dropped = 0;
  #byHash: Map<number, SourceCounts> | null = null;

  /** The source with this key, new where it was not there. */
  source(key: string): SourceCounts {
    let source = this.sources.get(key);
    if (source === undefined) {
      if (this.sources.size >= SOURCE_LIMIT) {
        this.dropped += dropLightest(this.sources);
        this.#byHash = null;
      }
      this.sources.set(key, source = newSource(key));
    }
    return source;
  }

  /** {@linkcode source} by a hash of its bytes, so that its key is only made once. */
  sourceByHash(hash: number, key: () => string): SourceCounts {
    const known = this.#byHash?.get(hash);
    if (known !== undefined) return known;
    const source = this.source(key()); // may drop others, and forget the hashes
    (this.#byHash ??= new Map()).set(hash, source);
    return source;
  }

  /** Notes that `source` (a hash) was refused as `user`. */
  tried(user: string, source: number, weight: number): void {
    this.#triedBy(user, [source], weight);
  }

  #triedBy(user: string, sources: readonly number[], weight: number): void {
    const known = this.users.get(user);
    if (known !== undefined) {
      known.weight += weight;
      mergeHashes(known.sources, sources);
      return;
    }
    if (this.users.size >= USER_LIMIT) this.dropped += dropLightest(this.users);
    this.users.set(user, { weight, sources: [...sources] });
  }

  /** Notes a change; one that has no room is counted. */
  changed(change: AccountChange): void {
    const key = changeKey(change), known = this.changes.get(key);
    if (known !== undefined) mergeChanges(known, change);
    else if (this.changes.size < CHANGE_LIMIT) this.changes.set(key, { ...change });
    else this.dropped++;
  }

  /** Adds what was noted in another part of the window. Returns itself. */
  merge(other: SourceFact): this {
    this.#byHash = null;
    const { totals } = this, { failed } = totals;
    for (let form = 0; form < failed.length; form++) failed[form] += other.totals.failed[form];
    for (const name of ["accepted", "requests", "failing", "reported"] as const) {
      totals[name] += other.totals[name];
    }
    for (const source of other.sources.values()) mergeSources(this.source(source.key), source);
    for (const [user, { weight, sources }] of other.users) this.#triedBy(user, sources, weight);
    for (const change of other.changes.values()) this.changed(change);
    this.dropped += other.dropped;
    return this;
  }

  /** Plain data, in an order that does not depend on that of the lines. */
  toJSON(): SavedSourceFact {
    const byKey = <T>(entries: Iterable<[string, T]>) => [...entries].sort(([a], [b]) => a < b ? -1 : 1);
    return {
      version: 1,
      totals: this.totals,
      sources: byKey(this.sources).map(([, source]) => source),
      users: byKey(this.users),
      changes: byKey(this.changes).map(([, change]) => ({
        ...change,
        first: change.first >= 0 ? change.first : -1,
      })),
      dropped: this.dropped,
    };
  }

  /**
   * What was saved.
   *
   * @throws {TypeError} if a field is missing, of another type or of another version.
   * @throws {RangeError} if a number is out of range.
   */
  static fromJSON(value: unknown): SourceFact {
    const saved = fieldsOf(value, "fact"), fact = new SourceFact(), { totals } = fact;
    integer(saved.version, "version", 1, 1);
    const read = fieldsOf(saved.totals, "totals");
    arrayOf(read.failed, "totals.failed", amount).slice(0, 4).forEach((count, form) =>
      totals.failed[form] = count
    );
    for (const name of ["accepted", "requests", "failing", "reported"] as const) {
      totals[name] = amount(read[name], `totals.${name}`);
    }
    for (const source of arrayOf(saved.sources, "sources", readSource)) fact.sources.set(source.key, source);
    for (const [user, tried] of arrayOf(saved.users, "users", readTried)) fact.users.set(user, tried);
    for (const change of arrayOf(saved.changes, "changes", readChange)) {
      fact.changes.set(changeKey(change), change);
    }
    fact.dropped = amount(saved.dropped, "dropped");
    return fact;
  }
}

function readTried(value: unknown, path: string): [string, TriedUser] {
  const [user, saved] = Array.isArray(value) ? value : [undefined, undefined];
  const { weight, sources } = fieldsOf(saved, `${path}[1]`);
  const read = arrayOf(sources, `${path}[1].sources`, (hash, at) => integer(hash, at, 0, 2 ** 32 - 1));
  const tried = { weight: amount(weight, `${path}[1].weight`), sources: hashList(read) };
  return [text(user, `${path}[0]`), tried];
}

/** Takes the median weight from all, and out what has nothing left; returns how many. */
function dropLightest(entries: Map<string, { weight: number }>): number {
  const weights = [...entries.values()].map(({ weight }) => weight).sort((a, b) => a - b);
  const median = weights[weights.length >> 1], before = entries.size;
  for (const [key, entry] of entries) {
    entry.weight -= median;
    if (entry.weight <= 0) entries.delete(key);
  }
  return before - entries.size;
}
