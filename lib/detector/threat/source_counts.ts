/**
 * What one source did within a window.
 *
 * @module
 */
import { savedFields } from "../../record/saved_fields.ts";
import { hashList, mergeHashes } from "./distinct_hashes.ts";
import { PROBE_NAMES } from "./request_probe.ts";

const { arrayOf, fieldsOf, amount, integer, nullOr, number, text } = savedFields("what a source did");

/** Logins of one source. */
export interface LoginCounts {
  /**
   * Lines that state a refused attempt, by the form of the statement (see `Statement.form`): programs write several for each, so
   * attempts are the largest of these.
   */
  failed: number[];
  /** When the first was refused, ms; -1 = none was. */
  firstFailed: number;
  accepted: number;
  /** When the last was accepted, ms, and whose it was; -1 = none was. */
  lastAccepted: number;
  acceptedUser: string;
  /** Hashes of the users that were refused. */
  users: number[];
}

/** Requests of one source. */
export interface RequestCounts {
  requests: number;
  /** Those that send something: any method but GET, HEAD and OPTIONS. */
  posts: number;
  /** Answered 401 or 403, any other 4xx, 5xx. */
  refused: number;
  missing: number;
  broken: number;
  /** Bytes of all answers. */
  size: number;
  /** Hashes of the paths that were answered with 4xx. */
  failing: number[];
  /** Requests by what they tried, see `PROBE_NAMES`. */
  probes: number[];
  /** Hashes of the targets with something injected, and of the paths of hidden files that were asked for. */
  injected: number[];
  hidden: number[];
  /** Injected, and answered 2xx: anything, and what only succeeds where a file or a command was reached. */
  answered: number;
  breached: number;
  /** Hidden files that were handed out, and the path of one of them. */
  found: number;
  foundPath: string;
  /** One target with something injected. */
  example: string;
  /** The scanner that the agent calls itself; empty = none. */
  scanner: string;
}

/** What one source did within a window; nothing in it depends on the order of its lines. */
export interface SourceCounts {
  /** An address, a host, or `user NAME` where a line names no other side. */
  key: string;
  /** What it counts for when there are too many sources to keep. */
  weight: number;
  login: LoginCounts | null;
  web: RequestCounts | null;
  /** Lines of other programs that speak of an attack, and what they speak of. */
  reported: number;
  speaking: string;
}

/** Nothing yet. */
export const noLogins = (): LoginCounts => ({
  ...{ failed: [0, 0, 0, 0], firstFailed: -1, accepted: 0, lastAccepted: -1, acceptedUser: "", users: [] },
});

/** Plain numbers among what is counted of requests. */
const REQUEST_AMOUNTS = [
  ...["requests", "posts", "refused", "missing", "broken"] as const,
  ...["size", "answered", "breached", "found"] as const,
];

/** Nothing yet. */
export const noRequests = (): RequestCounts => ({
  ...{ requests: 0, posts: 0, refused: 0, missing: 0, broken: 0, size: 0, failing: [] },
  ...{ probes: PROBE_NAMES.map(() => 0), injected: [], hidden: [], answered: 0, breached: 0 },
  ...{ found: 0, foundPath: "", example: "", scanner: "" },
});

/** A source that did nothing yet. */
export const newSource = (key: string): SourceCounts => ({
  ...{ key, weight: 0, login: null, web: null, reported: 0, speaking: "" },
});

/** Attempts that were refused. */
export const attemptsOf = ({ failed }: LoginCounts): number => Math.max(...failed);

/** The first of two texts in the order of their characters, empty ones last: the same whichever came first. */
export const firstText = (a: string, b: string): string => a === "" ? b : b === "" || a <= b ? a : b;

/**
 * Adds what the same source did in another part of a window. Returns the first.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { attemptsOf, mergeSources, newSource, noLogins } from "./source_counts.ts";
 *
 * const one = { ...newSource("203.0.113.9"), login: { ...noLogins(), failed: [3, 3, 0, 0] } };
 * const other = { ...newSource("203.0.113.9"), login: { ...noLogins(), failed: [2, 0, 0, 0] } };
 * assert.equal(attemptsOf(mergeSources(one, other).login!), 5);
 * ```
 */
export function mergeSources(a: SourceCounts, b: SourceCounts): SourceCounts {
  a.weight += b.weight;
  a.reported += b.reported;
  a.speaking = firstText(a.speaking, b.speaking);
  if (b.login !== null) mergeLogins(a.login ??= noLogins(), b.login);
  if (b.web !== null) mergeRequests(a.web ??= noRequests(), b.web);
  return a;
}

function mergeLogins(a: LoginCounts, b: LoginCounts): void {
  for (let form = 0; form < a.failed.length; form++) a.failed[form] += b.failed[form];
  if (a.firstFailed < 0 || b.firstFailed >= 0 && b.firstFailed < a.firstFailed) a.firstFailed = b.firstFailed;
  a.accepted += b.accepted;
  noteAccepted(a, b.lastAccepted, b.acceptedUser);
  mergeHashes(a.users, b.users);
}

/** Keeps the user that was let in last. */
export function noteAccepted(login: LoginCounts, time: number, user: string): void {
  if (time > login.lastAccepted) login.acceptedUser = user;
  else if (time === login.lastAccepted) login.acceptedUser = firstText(login.acceptedUser, user);
  login.lastAccepted = Math.max(login.lastAccepted, time);
}

function mergeRequests(a: RequestCounts, b: RequestCounts): void {
  for (const name of REQUEST_AMOUNTS) {
    a[name] += b[name];
  }
  for (const name of ["failing", "injected", "hidden"] as const) mergeHashes(a[name], b[name]);
  for (let i = 0; i < a.probes.length; i++) a.probes[i] += b.probes[i];
  for (const name of ["foundPath", "example", "scanner"] as const) a[name] = firstText(a[name], b[name]);
}

const hashes = (value: unknown, path: string) => {
  const read = arrayOf(value, path, (hash, at) => integer(hash, at, 0, 2 ** 32 - 1));
  return hashList(read);
};

const amounts = (length: number) => (value: unknown, path: string) => {
  const read = arrayOf(value, path, amount);
  if (read.length === length) return read;
  throw new TypeError(
    `Cannot restore what a source did: ${path} must have ${length} entries, it has ${read.length}`,
  );
};

function readLogins(value: unknown, path: string): LoginCounts {
  const saved = fieldsOf(value, path);
  return {
    failed: amounts(4)(saved.failed, `${path}.failed`),
    firstFailed: number(saved.firstFailed, `${path}.firstFailed`),
    accepted: amount(saved.accepted, `${path}.accepted`),
    lastAccepted: number(saved.lastAccepted, `${path}.lastAccepted`),
    acceptedUser: text(saved.acceptedUser, `${path}.acceptedUser`),
    users: hashes(saved.users, `${path}.users`),
  };
}

function readRequests(value: unknown, path: string): RequestCounts {
  const saved = fieldsOf(value, path), read = noRequests();
  for (const name of REQUEST_AMOUNTS) {
    read[name] = amount(saved[name], `${path}.${name}`);
  }
  for (const name of ["failing", "injected", "hidden"] as const) {
    read[name] = hashes(saved[name], `${path}.${name}`);
  }
  for (const name of ["foundPath", "example", "scanner"] as const) {
    read[name] = text(saved[name], `${path}.${name}`);
  }
  read.probes = amounts(PROBE_NAMES.length)(saved.probes, `${path}.probes`);
  return read;
}

/**
 * A source from its saved form, which is itself as JSON.
 *
 * @throws {TypeError} if a field is missing or of another type.
 * @throws {RangeError} if a hash is out of range.
 */
export function readSource(value: unknown, path: string): SourceCounts {
  const saved = fieldsOf(value, path);
  return {
    key: text(saved.key, `${path}.key`),
    weight: amount(saved.weight, `${path}.weight`),
    login: nullOr(saved.login, `${path}.login`, readLogins),
    web: nullOr(saved.web, `${path}.web`, readRequests),
    reported: amount(saved.reported, `${path}.reported`),
    speaking: text(saved.speaking, `${path}.speaking`),
  };
}
