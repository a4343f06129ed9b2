/**
 * Anomalies of known kinds, planted into windows.
 *
 * @module
 */
import { seededRandom } from "../../../lib/detector/seeded_random.ts";
import type { EventWindow } from "../../../lib/feature/event_window.ts";
import { type Habit, habitsOf, pairsOf } from "./windows_habits.ts";
import { type Line, requestOf, type Stream, type StreamEvent, windowOf } from "./windows_streams.ts";

/** Windows from `at` on that replace those of the clean stream. */
export interface Injection {
  kind: string;
  at: number;
  windows: EventWindow[];
  /** Template that was planted; -1 where it is none alone. */
  template: number;
}

/** The kinds: letter and what it is. */
export const KINDS: Readonly<Record<string, string>> = {
  a: "burst of a template, 10 × its mean",
  b: "a periodic template stays away for 3 periods",
  c: "one line of an error never seen",
  c2: "one line of a message never seen",
  d: "two lines of a usual pair swapped",
  e: "a rate that rises to 3 × over 48 windows",
  f: "a size 20 × the greatest",
  g: "90 % of all lines lost until 40 are missing",
  h: "300 lines of a web scanner in one window",
  h2: "3 lines of a scanner a window for 6 hours",
  h3: "60 lines of a scanner that look like known requests",
};

type Draw = (stream: Stream, material: Material) => Injection | null;

interface Material {
  random: () => number;
  habits: Habit[];
  scanner: readonly Line[];
  pairs: Map<string, number>;
}

const MAKERS: Record<string, Draw> = {
  a: burst,
  b: absence,
  c: (stream, material) => novelty("c", stream, material, 0),
  c2: (stream, material) => novelty("c2", stream, material, 1),
  d: swap,
  e: rise,
  f: size,
  g: drop,
  h: (stream, material) => scan("h", stream, material, { lines: 300, windows: 1 }),
  h2: (stream, material) =>
    scan("h2", stream, material, { lines: 3, windows: Math.round(6 * 3_600_000 / stream.windowMs) }),
  h3: camouflaged,
};

/** So many injections of each kind that the stream can have. */
export function injectionsOf(
  stream: Stream,
  scanner: readonly Line[],
  count: number,
  seed: number,
): Injection[] {
  const material = { random: seededRandom(seed), habits: habitsOf(stream), scanner, pairs: pairsOf(stream) };
  const all: Injection[] = [];
  for (const make of Object.values(MAKERS)) {
    for (let tries = 0, made = 0; made < count && tries < 50 * count; tries++) {
      const injection = make(stream, material);
      if (injection === null) continue;
      all.push(injection);
      made++;
    }
  }
  return all.sort((a, b) => a.at - b.at);
}

const pick = <T>(random: () => number, of: readonly T[]): T => of[Math.floor(random() * of.length)];

/** A window of the tested part with `length` more from it on. */
function placeFor({ tested }: Stream, random: () => number, length: number): number {
  return Math.floor(random() * (tested.length - length + 1));
}

/** The windows from `at` on with their events changed. */
function changed(
  stream: Stream,
  at: number,
  length: number,
  change: (events: readonly StreamEvent[], window: EventWindow, i: number) => StreamEvent[],
): EventWindow[] {
  return Array.from({ length }, (_, i) => {
    const window = stream.tested[at + i], events = change(stream.events[at + i], window, i);
    return windowOf(events.sort((a, b) => a.time - b.time), window.start, stream.windowMs);
  });
}

/** Events of a template at random times in a window, by a process of its own. */
function events(
  count: number,
  template: number,
  { start, end }: EventWindow,
  random: () => number,
): StreamEvent[] {
  const chain = 1 + Math.floor(random() * 1e9);
  return Array.from({ length: count }, () => {
    return { time: start + random() * (end - start), template, level: 0, chain };
  });
}

function burst(stream: Stream, { random, habits }: Material): Injection {
  const { template, meanPresent } = pick(random, habits), at = placeFor(stream, random, 1);
  const lines = Math.max(10, Math.round(10 * meanPresent));
  const windows = changed(
    stream,
    at,
    1,
    (all, window) => [...all, ...events(lines, template, window, random)],
  );
  return { kind: "a", at, windows, template };
}

function absence(stream: Stream, { random, habits }: Material): Injection | null {
  const regular = habits.filter(({ period }) => period > 0 && 3 * period < stream.tested.length / 2);
  if (regular.length === 0) return null;
  const { template, period } = pick(random, regular), length = Math.max(3, Math.ceil(3 * period));
  const at = placeFor(stream, random, length);
  const windows = changed(stream, at, length, (all) => all.filter((event) => event.template !== template));
  const missing = stream.tested.slice(at, at + length).some(({ events }) =>
    events.templates.includes(template)
  );
  return missing ? { kind: "b", at, windows, template } : null;
}

function novelty(kind: string, stream: Stream, { random }: Material, which: 0 | 1): Injection {
  const at = placeFor(stream, random, 1), template = stream.madeUp[which];
  const windows = changed(stream, at, 1, (all, window) => {
    const [event] = events(1, template, window, random);
    return [...all, { ...event, level: which === 0 ? 4 : 2 }];
  });
  return { kind, at, windows, template };
}

function rise(stream: Stream, { random, habits }: Material): Injection | null {
  const frequent = habits.filter(({ mean }) => mean >= 0.5), length = 48;
  if (frequent.length === 0 || stream.tested.length < length) return null;
  const { template, mean } = pick(random, frequent), at = placeFor(stream, random, length);
  const windows = changed(stream, at, length, (all, window, i) => {
    const more = poisson(mean * 2 * (i + 1) / length, random);
    return [...all, ...events(more, template, window, random)];
  });
  return { kind: "e", at, windows, template };
}

function size(stream: Stream, { random, habits }: Material): Injection | null {
  const sized = habits.filter(({ bytes }) => bytes > 0);
  if (sized.length === 0) return null;
  const { template, bytes } = pick(random, sized), at = placeFor(stream, random, 1);
  const windows = changed(stream, at, 1, (all, window) => {
    const [event] = events(1, template, window, random);
    return [...all, { ...event, bytes: 20 * bytes }];
  });
  return { kind: "f", at, windows, template };
}

function drop(stream: Stream, { random }: Material): Injection {
  const lines = stream.history.reduce((sum, window) => sum + window.lines, 0) / stream.history.length;
  const length = Math.min(36, Math.max(4, Math.ceil(40 / (0.9 * lines)))),
    at = placeFor(stream, random, length);
  const windows = changed(stream, at, length, (all) => all.filter(() => random() >= 0.9));
  return { kind: "g", at, windows, template: -1 };
}

function scan(
  kind: string,
  stream: Stream,
  material: Material,
  { lines, windows: length }: { lines: number; windows: number },
): Injection {
  const { random, scanner } = material, at = placeFor(stream, random, length);
  let next = Math.floor(random() * (scanner.length - lines * length));
  const windows = changed(stream, at, length, (all, window) => {
    const chain = 1 + Math.floor(random() * 1e9);
    return [
      ...all,
      ...Array.from({ length: lines }, () => {
        const template = stream.match(scanner[next++]);
        return { time: window.start + random() * stream.windowMs, template, level: 0, chain };
      }),
    ];
  });
  return { kind, at, windows, template: -1 };
}

function camouflaged(stream: Stream, { random, scanner }: Material): Injection | null {
  if (stream.byStatus.size === 0) return null;
  const at = placeFor(stream, random, 1), from = Math.floor(random() * (scanner.length - 60));
  const windows = changed(stream, at, 1, (all, window) => {
    const planted = scanner.slice(from, from + 60).map(({ content }) => {
      const alike = stream.byStatus.get(requestOf(content)?.status ?? "") ?? [...stream.byStatus.values()][0];
      return {
        time: window.start + random() * stream.windowMs,
        template: pick(random, alike),
        level: 0,
        chain: 0,
      };
    });
    return [...all, ...planted];
  });
  return { kind: "h3", at, windows, template: -1 };
}

function swap(stream: Stream, { random, pairs }: Material): Injection | null {
  const at = placeFor(stream, random, 1), all = stream.events[at], places: [number, number][] = [];
  const last = new Map<number, number>();
  all.forEach(({ chain, template }, i) => {
    const before = last.get(chain);
    if (before !== undefined && all[before].template !== template) {
      if ((pairs.get(`${all[before].template} ${template}`) ?? 0) >= 0.5) places.push([before, i]);
    }
    last.set(chain, i);
  });
  if (places.length === 0) return null;
  const [i, j] = pick(random, places), swapped = all.slice();
  swapped[i] = { ...all[j], time: all[i].time };
  swapped[j] = { ...all[i], time: all[j].time };
  const window = stream.tested[at];
  return {
    kind: "d",
    at,
    windows: [windowOf(swapped, window.start, stream.windowMs)],
    template: all[i].template,
  };
}

function poisson(mean: number, random: () => number): number {
  const limit = Math.exp(-mean);
  let count = -1, product = 1;
  do {
    count++;
    product *= random();
  } while (product > limit);
  return count;
}
