/** A made-up service for tests: its templates, a history of it, and an anomaly for each detector. */
import { seededRandom } from "../../../lib/detector/seeded_random.ts";
import type { EventWindow, TemplateNames } from "../../../lib/feature/event_window.ts";
import { ORDER } from "../../../lib/window/collectors/order_collector.ts";
import { OrderFact } from "../../../lib/window/collectors/order_fact.ts";
import { QUANTITIES } from "../../../lib/window/quantity_fact.ts";
import { VALUES } from "../../../lib/window/value_fact.ts";

/** Half an hour: 48 windows a day. */
export const WINDOW = 1_800_000;
const FIRST = Date.UTC(2026, 2, 2);

/** Templates of the service, by index. */
export const TEXTS = [
  "request <*> begins",
  "request <*> ends",
  "cache refreshed",
  "job <*> done",
  "disk scrub finished",
  "user <*> logged in",
  "connection lost: timed out",
  "config reloaded",
];
export const BEGINS = 0, ENDS = 1, REFRESHED = 2, JOB = 3, SCRUB = 4, LOGIN = 5, LOST = 6, RELOADED = 7;

/** Names where the index is the place in {@linkcode TEXTS}. */
export const NAMES: TemplateNames = {
  id: (index) => `t${index}`,
  text: (index) => TEXTS[index],
  severity: () => 9,
  indexOf: (id) => /^t[0-7]$/.test(id) ? Number(id.slice(1)) : -1,
};

const REVERSED = (index: number) => 100 - index;

/** Names of another run, in which every template has another number. */
export const RENUMBERED: TemplateNames = {
  id: (index) => NAMES.id(REVERSED(index)),
  text: (index) => NAMES.text(REVERSED(index)),
  severity: () => 9,
  indexOf: (id) => NAMES.indexOf(id) < 0 ? -1 : REVERSED(NAMES.indexOf(id)),
};

/** What a window is made of. */
export interface Made {
  /** Template and count. */
  counts: [number, number][];
  /** Pairs out of order. */
  swapped?: number;
  bytes?: number;
  user?: string;
}

/** The window with the number `index`. */
export function windowAt(index: number, counts: [number, number][], made: Partial<Made> = {}): EventWindow {
  const start = FIRST + index * WINDOW,
    sorted = counts.filter(([, count]) => count > 0).sort(([a], [b]) => a - b);
  const requests = Math.min(
    ...[BEGINS, ENDS].map((template) => counts.find(([t]) => t === template)?.[1] ?? 0),
  );
  const facts = new Map<string, unknown>([[ORDER, orderOf(start, requests, made.swapped ?? 0)]]);
  if (requests > 0) {
    facts.set(QUANTITIES, [{
      template: ENDS,
      slot: "bytes",
      count: requests,
      least: 10,
      greatest: made.bytes ?? 900,
    }]);
  }
  if (counts.some(([template]) => template === LOGIN)) {
    facts.set(VALUES, [{ template: LOGIN, slot: "user", value: made.user ?? "ann" }]);
  }
  return {
    start,
    end: start + WINDOW,
    lines: sorted.reduce((sum, [, count]) => sum + count, 0),
    events: {
      templates: Int32Array.from(sorted, ([template]) => template),
      counts: Int32Array.from(sorted, ([, count]) => count),
      levels: new Uint8Array(sorted.length),
    },
    sequence: null,
    facts,
  };
}

function orderOf(
  start: number,
  requests: number,
  swapped: number,
  rename = (index: number) => index,
): OrderFact {
  const order = new OrderFact();
  for (let i = 0; i < requests; i++) {
    const pair = i < swapped ? [ENDS, BEGINS] : [BEGINS, ENDS];
    pair.forEach((template, j) => order.add(start + 2000 * i + 1000 * j, i, rename(template)));
  }
  return order;
}

/** So many days of the service from a day on: busier by day, a job every third hour, a scrub now and then. */
export function history(days: number, from = 0, seed = 5): EventWindow[] {
  const random = seededRandom(seed + from);
  return Array.from({ length: 48 * days }, (_, i) => normalAt(48 * from + i, random));
}

function normalAt(index: number, random: () => number): EventWindow {
  const rhythm = 1 + 0.5 * Math.sin(2 * Math.PI * index / 48),
    requests = Math.round(20 * rhythm + 6 * (random() - 0.5));
  const counts: [number, number][] = [[BEGINS, requests], [ENDS, requests], [
    REFRESHED,
    2 + Math.floor(2 * random()),
  ]];
  if (index % 6 === 0) counts.push([JOB, 4]);
  if (random() < 0.1) counts.push([SCRUB, 1]);
  if (random() < 0.5) counts.push([LOGIN, 1]);
  if (index === 100 || index === 400) counts.push([RELOADED, 1]);
  return windowAt(index, counts, { bytes: 700 + 200 * random(), user: random() < 0.5 ? "ann" : "bob" });
}

/** The window in another run's numbers. */
export function renumbered(window: EventWindow): EventWindow {
  const pairs = Array.from(
    window.events.templates,
    (template, i) => [REVERSED(template), window.events.counts[i]],
  )
    .sort(([a], [b]) => a - b);
  const order = window.facts!.get(ORDER) as OrderFact, renames = new Int32Array(101);
  for (let i = 0; i <= 100; i++) renames[i] = REVERSED(i);
  const facts = new Map(window.facts).set(ORDER, OrderFact.load(order.save(), renames));
  for (const name of [QUANTITIES, VALUES]) {
    const all = facts.get(name) as { template: number }[] | undefined;
    if (all) facts.set(name, all.map((fact) => ({ ...fact, template: REVERSED(fact.template) })));
  }
  return {
    ...window,
    events: {
      templates: Int32Array.from(pairs, ([template]) => template),
      counts: Int32Array.from(pairs, ([, count]) => count),
      levels: window.events.levels,
    },
    facts,
  };
}

const NEXT = 20 * 48;
const USUAL: [number, number][] = [[BEGINS, 20], [ENDS, 20], [REFRESHED, 2]];

/** Windows behind twenty days of history that a detector of that name is there for. */
export function anomalousFor(name: string): EventWindow[] {
  const after = (length: number, counts: (i: number) => [number, number][], made: Partial<Made> = {}) =>
    Array.from({ length }, (_, i) => windowAt(NEXT + i, counts(i), made));
  switch (name) {
    case "new-error":
      return after(1, () => [...USUAL, [LOST, 1]]);
    case "new-template":
      return after(1, () => [...USUAL, [LOST, 1]]);
    case "record":
      return after(1, () => [[BEGINS, 20], [ENDS, 20], [REFRESHED, 60]]);
    case "total":
      return after(1, () => [[BEGINS, 90], [ENDS, 90], [REFRESHED, 2]]);
    case "low":
      return after(12, () => [[BEGINS, 1], [ENDS, 1]]);
    case "cusum":
      return after(40, (i) => [[BEGINS, 20], [ENDS, 20], [REFRESHED, 3 + (i >> 2)]]);
    case "heartbeat":
      return after(20, () => USUAL);
    case "vanished":
      return after(96, () => [[BEGINS, 20], [ENDS, 20]]);
    case "rare":
      return after(1, () => [...USUAL, [RELOADED, 1]]);
    case "order":
      return after(1, () => USUAL, { swapped: 3 });
    case "numeric":
      return after(1, () => USUAL, { bytes: 50_000 });
    case "new-value":
      return after(1, () => [...USUAL, [LOGIN, 1]], { user: "mallory" });
    default:
      throw new RangeError(`Cannot make an anomaly: nobody knows ${name}`);
  }
}
