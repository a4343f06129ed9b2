/**
 * What one source did lately: counts that fade, over windows.
 *
 * @module
 */
import { savedFields } from "../../record/saved_fields.ts";
import { distinctCount, hashList, hashText, mergeHashes } from "./distinct_hashes.ts";
import { FILE, PROBE_NAMES } from "./request_probe.ts";
import {
  attemptsOf,
  firstText,
  type LoginCounts,
  type RequestCounts,
  type SourceCounts,
} from "./source_counts.ts";

const { arrayOf, fieldsOf, amount, flag, integer, number, text } = savedFields("a remembered source");

/** After so many ms half of what was counted is left: a slow attack of some hours adds up, yesterday's noise does not. */
export const HALF_LIFE = 24 * 3_600_000;

/** Different things within the last one to two days: today's and yesterday's. */
export interface Recent {
  day: number;
  today: number[];
  before: number[];
}

/** Counts that fade by half in {@linkcode HALF_LIFE}. */
const FADING = [
  ...[
    "failed",
    "failedBefore",
    "accepted",
    "unknown",
    "requests",
    "posts",
    "failing",
    "broken",
    "reported",
  ] as const,
  ...["answered", "breached", "found"] as const,
];
/** Sets of hashes that are forgotten after one to two days. */
const RECENT = ["users", "paths", "injected", "hidden"] as const;
const TEXTS = ["foundPath", "example", "scanner", "speaking", "acceptedUser"] as const;
/** What happened in the window that was added last, not faded. */
const NOW = ["nowFailed", "nowFailing", "nowProbes", "nowReported", "nowAccepted", "nowPosts"] as const;

type Fading = Record<typeof FADING[number], number>;
type Sets = Record<typeof RECENT[number], Recent>;
type Texts = Record<typeof TEXTS[number], string>;
type Now = Record<typeof NOW[number], number>;

/** What one source did lately. */
export interface RememberedSource extends Fading, Sets, Texts, Now {
  key: string;
  /** End of the window that it was last seen in, ms: what has faded has done so until then. */
  last: number;
  /** Attempts refused since it was last quiet, not faded. */
  attempts: number;
  /** How many users had been refused before the last accepted one (attempts before it: `failedBefore`, which fade). */
  usersBefore: number;
  /** Whether the user that was let in had been refused from here. */
  sameUser: boolean;
  /** Share of its logins that were refused, those accepted in the last window left out: low where many people come from one place. */
  guessing: number;
  /** Requests by what they tried, not faded since it was last quiet. */
  probes: number[];
}

const nothing = (day: number): Recent => ({ day, today: [], before: [] });

/** A source that nothing is known of at `time`. */
export function newRemembered(key: string, time: number): RememberedSource {
  const day = Math.floor(time / HALF_LIFE),
    zero = <K extends string>(names: readonly K[]) =>
      Object.fromEntries(names.map((name) => [name, 0])) as Record<K, number>;
  return {
    key,
    last: time,
    ...zero(FADING),
    ...zero(NOW),
    ...{ users: nothing(day), paths: nothing(day), injected: nothing(day), hidden: nothing(day) },
    ...{ foundPath: "", example: "", scanner: "", speaking: "", acceptedUser: "" },
    ...{ attempts: 0, guessing: 1, usersBefore: 0, sameUser: false, probes: PROBE_NAMES.map(() => 0) },
  };
}

/** A source that changes apart from `source`. */
export function copyRemembered(source: RememberedSource): RememberedSource {
  const copy = { ...source, probes: source.probes.slice() };
  for (const name of RECENT) {
    const { day, today, before } = source[name];
    copy[name] = { day, today: today.slice(), before }; // what is of yesterday doesn't change
  }
  return copy;
}

/** How many different ones there were in the last one to two days. */
export function recentCount({ today, before }: Recent): number {
  return before.length === 0 ? distinctCount(today) : distinctCount(mergeHashes([...today], before));
}

function addRecent(recent: Recent, day: number, hashes: readonly number[]): void {
  if (day > recent.day) {
    recent.before = day === recent.day + 1 ? recent.today : [];
    recent.today = [];
    recent.day = day;
  }
  mergeHashes(recent.today, hashes);
}

/** Lets everything fade until `time`, and forgets what happened in the window before. */
export function fade(source: RememberedSource, time: number): void {
  const left = time > source.last ? 0.5 ** ((time - source.last) / HALF_LIFE) : 1;
  if (left < 1) { for (const name of FADING) source[name] *= left; }
  for (const name of NOW) source[name] = 0;
  source.last = Math.max(source.last, time);
  const day = Math.floor(time / HALF_LIFE);
  for (const name of RECENT) addRecent(source[name], day, []);
  if (source.failed < 0.5) source.attempts = source.failedBefore = 0;
  if (concern(source) < 0.5) source.probes.fill(0);
}

/** How much there is against a source; those with least are forgotten first. */
export function concern(source: RememberedSource): number {
  return source.failed + source.posts / 16 + source.failing + source.broken + source.reported +
    4 * recentCount(source.injected) +
    4 * recentCount(source.hidden) + 10 * (source.found + source.breached);
}

/**
 * Adds what a source did in a window that ends at `time`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { addSource, HALF_LIFE, newRemembered } from "./remembered_source.ts";
 * import { newSource, noLogins } from "./source_counts.ts";
 *
 * const source = newRemembered("203.0.113.9", 0);
 * const counts = { ...newSource("203.0.113.9"), login: { ...noLogins(), failed: [8, 8, 0, 0], firstFailed: 5 } };
 * addSource(source, counts, 0);
 * addSource(source, counts, HALF_LIFE);
 * assert.equal(source.failed, 12); // half of yesterday's and all of today's
 * ```
 */
export function addSource(source: RememberedSource, counts: SourceCounts, time: number): void {
  fade(source, time);
  if (counts.login !== null) addLogins(source, counts.login, Math.floor(time / HALF_LIFE));
  if (counts.web !== null) addRequests(source, counts.web, Math.floor(time / HALF_LIFE));
  source.reported += source.nowReported = counts.reported;
  source.speaking = firstText(source.speaking, counts.speaking);
}

function addLogins(source: RememberedSource, login: LoginCounts, day: number): void {
  const before = source.failed, failed = attemptsOf(login);
  source.failed += source.nowFailed = failed;
  source.attempts += failed;
  source.unknown += Math.min(login.failed[2], failed);
  addRecent(source.users, day, login.users);
  const habit = source.accepted;
  source.accepted += login.accepted;
  source.guessing = habit === 0 ? 1 : source.failed / (source.failed + habit);
  const after = failed === 0 || login.lastAccepted > login.firstFailed || login.firstFailed < 0;
  if (login.accepted === 0 || !after && before < 0.5) return;
  source.nowAccepted = login.accepted;
  source.failedBefore = after ? source.failed : before;
  source.usersBefore = recentCount(source.users);
  const hash = hashText(login.acceptedUser);
  source.sameUser = source.users.today.includes(hash) || source.users.before.includes(hash);
  source.acceptedUser = login.acceptedUser;
}

function addRequests(source: RememberedSource, web: RequestCounts, day: number): void {
  source.requests += web.requests;
  source.posts += source.nowPosts = web.posts;
  source.failing += source.nowFailing = web.refused + web.missing;
  source.broken += web.broken;
  source.nowFailing += web.broken;
  source.answered += web.answered;
  source.breached += web.breached;
  source.found += web.found;
  source.nowProbes = web.probes.reduce((sum, count) => sum + count, 0);
  for (let i = 0; i < web.probes.length; i++) source.probes[i] += web.probes[i];
  addRecent(source.paths, day, web.failing);
  addRecent(source.injected, day, web.injected);
  addRecent(source.hidden, day, web.hidden);
  for (const name of ["foundPath", "example", "scanner"] as const) {
    source[name] = firstText(source[name], web[name]);
  }
}

/** Injected requests since the source was last quiet. */
export const injectedCount = ({ probes }: RememberedSource): number =>
  probes.slice(0, FILE).reduce((sum, count) => sum + count, 0);

function readRecent(value: unknown, path: string): Recent {
  const saved = fieldsOf(value, path);
  const hashes = (list: unknown, at: string) =>
    hashList(arrayOf(list, at, (hash, each) => integer(hash, each, 0, 2 ** 32 - 1)));
  const today = hashes(saved.today, `${path}.today`), before = hashes(saved.before, `${path}.before`);
  return { day: number(saved.day, `${path}.day`), today, before };
}

/**
 * A remembered source from its saved form, which is itself as JSON.
 *
 * @throws {TypeError} if a field is missing or of another type.
 */
export function readRemembered(value: unknown, path: string): RememberedSource {
  const saved = fieldsOf(value, path);
  const source = newRemembered(text(saved.key, `${path}.key`), number(saved.last, `${path}.last`));
  for (const name of [...FADING, ...NOW, "attempts", "guessing", "usersBefore"] as const) {
    source[name] = amount(saved[name], `${path}.${name}`);
  }
  for (const name of RECENT) source[name] = readRecent(saved[name], `${path}.${name}`);
  for (const name of TEXTS) source[name] = text(saved[name], `${path}.${name}`);
  source.sameUser = flag(saved.sameUser, `${path}.sameUser`);
  const probes = arrayOf(saved.probes, `${path}.probes`, amount);
  source.probes = PROBE_NAMES.map((_, i) => probes[i] ?? 0);
  return source;
}
