/**
 * The shop's traffic over days as steps of a {@linkcode LogWriter}, with clocks that are wrong now and then.
 *
 * @module
 */
import { type LiveOptions, type LiveRecord, liveRecords } from "../../data/live.ts";
import { accessTime, HOUR, isoTime, MINUTE, postgresTime, syslogTime } from "../../data/shop/calendar.ts";
import { Random } from "../../data/shop/random.ts";
import { FILES } from "../../data/shop/shop.ts";
import type { Step } from "./log_writer.ts";

/** Traffic, and how often a clock jumps in it. */
export interface TrafficOptions extends LiveOptions {
  /** Stretches a day in which a file's clock is an hour ahead or behind; default none. */
  jumps?: number;
}

/** A stretch of a file whose clock is wrong by so many ms. */
export interface Jump {
  file: string;
  from: number;
  to: number;
  by: number;
}

/** How each file writes the time. */
const WRITTEN: Record<string, (time: number) => string> = {
  [FILES.web]: accessTime,
  [FILES.app]: isoTime,
  [FILES.checkout]: isoTime,
  [FILES.auth]: syslogTime,
  [FILES.db]: postgresTime,
};

/** The longest stretch with a wrong clock, minutes. */
const LONGEST = 4;

/** Wrong clocks behind the clean hours. */
export function jumpsOf(seed: number, { start, hours, cleanHours, jumps = 0 }: TrafficOptions): Jump[] {
  if (start === undefined || hours === undefined || cleanHours === undefined) return [];
  const random = new Random(seed, "clocks"), count = Math.round(jumps * (hours - cleanHours) / 24);
  return Array.from({ length: count }, () => {
    const from = start + (cleanHours + (hours - cleanHours) * random.next()) * HOUR;
    const to = from + random.integer(1, LONGEST) * MINUTE;
    return { file: random.pick(Object.values(FILES)), from, to, by: random.pick([-HOUR, HOUR]) };
  });
}

/** A record's text as the clock has it that is so many ms wrong. */
function shifted({ file, time, text }: LiveRecord, by: number): string {
  const written = WRITTEN[file];
  return text.replace(written(time), written(time + by));
}

/** Everything that happens to the files, in order: what a file gets in a minute is one step. */
export function* trafficSteps(seed: number, options: TrafficOptions): Generator<Step> {
  const jumps = jumpsOf(seed, options), encoder = new TextEncoder(), waiting = new Map<string, string>();
  let minute = NaN, wrong: Jump[] = [];
  const written = function* (files: readonly string[]): Generator<Step> {
    for (const file of files) {
      const text = waiting.get(file), time = minute * MINUTE;
      if (text !== undefined) yield { kind: "append", file, time, bytes: encoder.encode(text) };
      waiting.delete(file);
    }
  };
  for (const record of liveRecords(seed, options)) {
    const { file, time, rotate } = record, now = Math.floor(time / MINUTE);
    if (now !== minute) {
      yield* written([...waiting.keys()]);
      minute = now;
      wrong = jumps.filter(({ from, to }) => from < time + MINUTE && to > time);
    }
    if (rotate !== undefined) {
      yield* written([file]);
      yield { kind: "rotate", file, time, rotate };
    }
    const jump = wrong.find((jump) => jump.file === file && time >= jump.from && time < jump.to);
    const text = jump === undefined ? record.text : shifted(record, jump.by);
    waiting.set(file, `${waiting.get(file) ?? ""}${text}\n`);
  }
  yield* written([...waiting.keys()]);
}
