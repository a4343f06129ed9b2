/**
 * Words that say the opposite of one another: what one event must never hold both of.
 *
 * @module
 */

/** Written `a|b`. */
const PAIRS = [
  ..."start|stop started|stopped starting|stopping up|down success|failure succeeded|failed successful|failed"
    .split(" "),
  ..."success|fail success|failed successfully|unsuccessfully open|close opened|closed opening|closing".split(
    " ",
  ),
  ..."enabled|disabled enable|disable enabling|disabling connected|disconnected connect|disconnect".split(
    " ",
  ),
  ..."accept|reject accepted|rejected accepted|failed allow|deny allowed|denied granted|denied add|remove"
    .split(" "),
  ..."added|removed adding|removing create|delete created|deleted creating|removing creating|deleting".split(
    " ",
  ),
  ..."create|destroy created|destroyed begin|end start|end started|finished start|finish starting|finished"
    .split(" "),
  ..."login|logout lock|unlock locked|unlocked acquire|release acquired|released acquiring|releasing on|off"
    .split(" "),
  ..."in|out read|write reading|writing get|set send|receive sent|received sending|receiving".split(" "),
  ..."register|unregister registered|unregistered attach|detach attached|detached mount|unmount".split(" "),
  ..."mounted|unmounted online|offline available|unavailable valid|invalid before|after enter|leave".split(
    " ",
  ),
  ..."enter|exit entering|leaving show|hide push|pop startup|shutdown join|leave joined|left error|warning"
    .split(" "),
  ..."warn|error info|error info|warn ok|error ok|failed pass|fail passed|failed src|dst".split(" "),
  ..."source|destination min|max first|last old|new input|output upload|download active|inactive".split(" "),
  ..."hard|soft suspend|resume suspended|resumed commit|abort committed|aborted expand|collapse".split(" "),
  ..."increase|decrease increased|decreased increment|decrement load|unload loaded|unloaded insert|delete"
    .split(" "),
  ..."grant|revoke full|empty primary|secondary master|slave leader|follower leading|following".split(" "),
  ..."true|false yes|no request|response known|unknown reachable|unreachable healthy|unhealthy".split(" "),
  ..."authorized|unauthorized stable|unstable expected|unexpected subscribe|unsubscribe".split(" "),
  ..."subscribed|unsubscribed activate|deactivate activated|deactivated allocate|deallocate".split(" "),
  ..."encrypt|decrypt complete|incomplete ready|unready blocked|unblocked bound|unbound".split(" "),
];
const NEGATIONS = ["un", "in", "de", "dis", "non"];

const partners = new Map<string, Set<string>>();
for (const pair of PAIRS) {
  const [a, b] = pair.split("|");
  for (const [word, other] of [[a, b], [b, a]]) {
    partners.set(word, (partners.get(word) ?? new Set()).add(other));
  }
}

/** Every word of a known pair, lower case. */
export const POLAR_WORDS: ReadonlySet<string> = new Set(partners.keys());

const CACHE_LIMIT = 20_000;
const partsCache = new Map<string, string[]>();

/** The words inside a word, lower case: `ConnectionOpened` → `connection`, `opened`. */
function partsOf(word: string): string[] {
  const known = partsCache.get(word);
  if (known) return known;
  const spaced = word.replace(/([a-z0-9])([A-Z])/g, "$1 $2");
  const parts = spaced.split(/[^A-Za-z]+/).filter(Boolean).map((part) => part.toLowerCase());
  if (partsCache.size >= CACHE_LIMIT) partsCache.clear();
  partsCache.set(word, parts);
  return parts;
}

/**
 * Whether `a` and `b` are opposites: alike but for one part, and that part a known pair (`started`, `stopped`) or one the
 * negation of the other (`stable`, `unstable`).
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { areOpposites } from "./opposites.ts";
 *
 * assert(areOpposites("started", "stopped"));
 * assert(areOpposites("LinkUp", "LinkDown"));
 * assert(!areOpposites("alice", "bob"));
 * ```
 */
export function areOpposites(a: string, b: string): boolean {
  if (a === b) return false;
  const x = partsOf(a), y = partsOf(b);
  if (x.length !== y.length) return false;
  let differing = -1;
  for (let i = 0; i < x.length; i++) {
    if (x[i] === y[i]) continue;
    if (differing >= 0) return false;
    differing = i;
  }
  if (differing < 0) return false;
  const p = x[differing], q = y[differing];
  if (partners.get(p)?.has(q)) return true;
  return NEGATIONS.some((no) => (q.length > 2 && p === no + q) || (p.length > 2 && q === no + p));
}

/** Whether the word, or a part of it, is one of a known pair. */
export function isPolar(word: string): boolean {
  return isLowerCase(word) ? partners.has(word) : partsOf(word).some((part) => partners.has(part));
}

/** Whether the word is one part and written as the pairs are: true of most. */
function isLowerCase(word: string): boolean {
  for (let i = 0; i < word.length; i++) if (word.charCodeAt(i) < 97 || word.charCodeAt(i) > 122) return false;
  return true;
}

/** Whether `words` and `others` hold a pair of opposites. */
export function opposed(words: readonly string[], others: readonly string[]): boolean {
  return words.some((word) => others.some((other) => areOpposites(word, other)));
}
