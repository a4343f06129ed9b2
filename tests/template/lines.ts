/**
 * Made-up lines for the tests of templates.
 *
 * @module
 */
import { Miner } from "../../lib/template/miner.ts";

const USERS = ["ann", "bob", "cid", "dan", "eve", "fay", "gus"];
const FILES = ["/srv/a.db", "/srv/b.db", "/var/tmp/c7", "/srv/x/y.txt"];
const REASONS = [
  "disk is full",
  "no route to host",
  "connection refused by peer",
  "timed out while waiting",
  "bad magic number",
];

/** A generator of numbers from 0 to 1 (mulberry32): equal seeds give equal lines. */
export function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** The same items in another order. */
export function shuffled<T>(items: readonly T[], seed: number): T[] {
  const random = generator(seed), copy = [...items];
  for (let i = copy.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [copy[i], copy[j]] = [copy[j], copy[i]];
  }
  return copy;
}

/** Lines of a small shop's servers, by event. */
export function shopLines(count: number, seed: number): { event: string; line: string }[] {
  const random = generator(seed);
  const one = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)];
  const number = (most: number) => Math.floor(random() * most);
  const events: [string, () => string][] = [
    [
      "login",
      () =>
        `session opened for user ${one(USERS)} from 10.0.${number(9)}.${number(250)} port ${number(60000)}`,
    ],
    ["logout", () => `session closed for user ${one(USERS)} after ${number(900)} seconds`],
    ["read", () => `read block blk_${number(1e9) + 1000} of size ${number(1e6)} in ${number(90)} ms`],
    ["missing", () => `cannot open file ${one(FILES)}: ${one(REASONS)}`],
    ["up", () => `interface eth${number(4)} link is up`],
    ["down", () => `interface eth${number(4)} link is down`],
    [
      "request",
      () =>
        `request id=${number(1e6)} status=${one([200, 404, 500])} took=${number(800)}ms cached=${
          one(["true", "false"])
        }`,
    ],
    [
      "order",
      () =>
        `order ${number(1e6)} paid by ${one(USERS)} total=${number(500)}.99 items=[${one(USERS)}, ${
          one(USERS)
        }]`,
    ],
  ];
  return Array.from({ length: count }, () => {
    const [event, line] = one(events);
    return { event, line: line() };
  });
}

const encoder = new TextEncoder();

/** Learns one line. */
export function learn(miner: Miner, line: string, severity = 0): number {
  const bytes = encoder.encode(line);
  return miner.learnLine(bytes, 0, bytes.length, severity);
}

/** A miner that has learned the lines. */
export function minerOf(lines: readonly string[]): { miner: Miner; indices: number[] } {
  const miner = new Miner();
  return { miner, indices: lines.map((line) => learn(miner, line)) };
}
