/**
 * The shop: its logs, its plan, and the hours in which everything happens.
 *
 * @module
 */
import { HOUR, MINUTE, Rhythm, type Span } from "./calendar.ts";
import { AccessLog, DatabaseLog, LeveledLog, SystemLog } from "./logs.ts";
import type { Planned } from "./plan.ts";
import { Random } from "./random.ts";
import { Timeline } from "./timeline.ts";

/** Names of the log files, by stream. */
export const FILES = {
  web: "shop-web.access.log",
  app: "shop-app.log",
  checkout: "shop-checkout.log",
  auth: "auth.log",
  db: "postgresql.log",
} as const;

/** A part of the shop that makes things happen: called once an hour, in order. */
export type Process = (span: Span) => void;

/** What is known of one order. */
export interface Order {
  key: string;
  /** When its first line is written. */
  time: number;
  /** Position in the plan of what went wrong with it; -1 for nothing. */
  planted: number;
}

/** What every part of the shop shares. */
export class Shop {
  readonly seed: number;
  /** How many visitors, orders and the like there are; 1 in the sample. */
  readonly scale: number;
  readonly start: number;
  readonly plan: readonly Planned[];
  readonly rhythm: Rhythm;
  readonly orders: Order[] = [];
  /** Parts that were added while the shop was running. */
  readonly latecomers: Process[] = [];
  /** Lines that should have been written and weren't, for each entry of the plan. */
  readonly missing: number[];
  readonly web: AccessLog;
  readonly app: LeveledLog;
  readonly checkout: LeveledLog;
  readonly auth: SystemLog;
  readonly db: DatabaseLog;

  constructor(seed: number, scale: number, start: number, plan: readonly Planned[]) {
    this.seed = seed;
    this.scale = scale;
    this.start = start;
    this.plan = plan;
    this.rhythm = new Rhythm(seed);
    this.missing = plan.map(() => 0);
    const timeline = (file: string, wholeSeconds: boolean) =>
      new Timeline(file, wholeSeconds, (planted) => this.miss(planted));
    this.web = new AccessLog(timeline(FILES.web, true));
    this.app = new LeveledLog(timeline(FILES.app, false));
    this.checkout = new LeveledLog(timeline(FILES.checkout, false));
    this.auth = new SystemLog(timeline(FILES.auth, true));
    this.db = new DatabaseLog(timeline(FILES.db, false));
  }

  /** The logs' timelines, always in the same order. */
  get timelines(): Timeline[] {
    return [this.web, this.app, this.checkout, this.auth, this.db].map((log) => log.timeline);
  }

  /** Dice of one part of the shop. */
  random(name: string): Random {
    return new Random(this.seed, name);
  }

  /** Counts lines that the entry `planted` of the plan swallowed. */
  miss(planted: number, lines = 1): void {
    this.missing[planted] += lines;
  }

  /** Position in the plan of what of this kind is under way in the service; -1 if nothing is. */
  underWay(kind: Planned["kind"], service: string, time: number): number {
    return this.plan.findIndex((planned) =>
      planned.kind === kind && planned.service === service && time >= planned.from && time < planned.to
    );
  }

  /** Adds a part that begins within the running hour. */
  later(process: Process): void {
    this.latecomers.push(process);
  }

  /** Something that happens at random, `perHour` times in a usual hour, following the shop's rhythm unless told. */
  arrivals(
    random: Random,
    perHour: number,
    happen: (time: number) => void,
    level = (time: number) => this.rhythm.at(time),
  ): Process {
    return ({ from, to }) => {
      for (let minute = from; minute < to; minute += MINUTE) {
        const share = perHour * this.scale * level(minute) / 3600;
        if (share === 0) continue;
        for (let second = 0; second < 60; second++) {
          if (random.next() < share) happen(minute + second * 1000 + random.integer(0, 999));
        }
      }
    };
  }

  /** Something that happens regularly: `offset` after each multiple of `period`, up to `jitter` later. */
  regularly(
    random: Random,
    period: number,
    happen: (time: number) => void,
    { offset = 0, jitter = 900 }: { offset?: number; jitter?: number } = {},
  ): Process {
    return ({ from, to }) => {
      for (let time = Math.ceil((from - offset) / period) * period + offset; time < to; time += period) {
        happen(time + random.integer(0, jitter));
      }
    };
  }
}

/** The same at any time of day: for what doesn't follow the shop's rhythm. */
export const STEADY = (): number => 1;

/** The hours of a span, one by one. */
export function* hoursOf(span: Span): Generator<Span> {
  for (let from = span.from; from < span.to; from += HOUR) yield { from, to: Math.min(from + HOUR, span.to) };
}
