/**
 * How fast the time of the logs runs: in long strides where nothing happens, in short ones where incidents begin and end, and no faster than
 * somebody looks; so that people are told of incidents while they last.
 *
 * @module
 */
import { liveIncidents, type LiveOptions } from "../../data/live.ts";
import { MINUTE, type Span } from "../../data/shop/calendar.ts";
import { FILES } from "../../data/shop/shop.ts";
import type { LogWriter } from "./log_writer.ts";
import type { Watched } from "./watched.ts";

/** Strides. */
export interface PaceOptions {
  /** Minutes of the logs that come at a time while something happens, and else. */
  busy: number;
  calm: number;
}

/** What is looked at closely: from so long before to so long behind the beginning, and the end, of an incident, ms. */
const BEFORE = 5 * MINUTE, BEHIND = 20 * MINUTE;
/** How far a look may lie behind, ms. */
const NEAR = 15 * MINUTE;
/** The log that most lines come to. */
const MOST = "web";

/** How long it is until it is asked again whether somebody has looked, ms; how often at most, and where nobody is there. */
const ASK = 20, PATIENCE = 250, WHILE_DOWN = 5;

/** How far that log was read, by the time in its lines. */
const READ = `select max(json_extract(log.value, '$.clock')) as time
  from stream, json_each(json_extract(detail, '$.logs')) as log where name = '${MOST}'`;

/** The time of the logs. */
export class Pace {
  readonly #busy: Span[];

  /** @param time Where it begins, ms since the epoch. */
  constructor(public time: number, private readonly options: PaceOptions, traffic: LiveOptions) {
    this.#busy = liveIncidents(traffic).incidents.flatMap(({ from, to }) =>
      [from, to].map((time) => ({ from: time - BEFORE, to: time + BEHIND }))
    );
  }

  /** How far it goes at the next stride. */
  next(): number {
    const { busy, calm } = this.options, now = this.time;
    if (this.#busy.some(({ from, to }) => now >= from && now < to)) return this.time += busy * MINUTE;
    const soon = Math.min(...this.#busy.map(({ from }) => from).filter((from) => from > now));
    return this.time = Math.min(now + calm * MINUTE, soon);
  }

  /** Waits until what came so far was looked at, unless nobody is there to look. */
  async seen(watched: Watched, writer: LogWriter, isDown: () => boolean): Promise<void> {
    const until = Math.min(this.time, writer.lastTime(FILES[MOST])) - NEAR;
    for (let asked = 0; asked < (isDown() ? WHILE_DOWN : PATIENCE); asked++) {
      const [{ time = 0 } = {}] = watched.rows(READ);
      if (Number(time) >= until) return;
      await new Promise((resolve) => setTimeout(resolve, ASK));
    }
  }
}
