/** Windows that are led through a history, and everything that is known of those that come out. */
import { Dictionary } from "../../lib/record/dictionary.ts";
import type { ClosedWindows } from "../../lib/window/closed_windows.ts";
import { OpenWindows, type WindowOptions } from "../../lib/window/open_windows.ts";
import { SessionPattern } from "../../lib/window/session_pattern.ts";
import { counting } from "./counting_collector.ts";
import { sourcesOf } from "./made_history.ts";
import { batchOf, type Row } from "./made_rows.ts";

/** With sessions, their order and one collector. */
export const OPTIONS: WindowOptions = {
  ...{ session: SessionPattern.compile("k=(\\w+)"), size: 100, idle: 10, lateness: 50 },
  ...{ sequences: true, collectors: [counting] },
};

/** A closed window with everything that is known of it, and what names it. */
export interface Detail {
  identity: string;
  session: boolean;
  service: string;
  start: number;
  end: number;
  lines: number;
  /** `template:count …` */
  counts: string;
  sequence: number[] | null;
  /** As `counts`; of template 0 nothing is noted. */
  noted: string;
}

/** Windows that are led through a history of rows, closes and restarts. */
export class Led {
  services = new Dictionary();
  windows: OpenWindows;

  constructor(readonly options: WindowOptions) {
    this.windows = new OpenWindows(options, this.services);
  }

  add(rows: Row[]): void {
    for (const run of sourcesOf(rows)) {
      this.windows.add(batchOf(run, this.services), 0, run.length, run[0].source);
    }
  }

  restart(options = this.options): void {
    const bytes = this.windows.save();
    this.services = new Dictionary();
    this.services.internText("another first service");
    this.windows = OpenWindows.restore(bytes, options, this.services);
  }

  /** What all sources have passed. */
  watermark(rows: Row[]): number {
    return Math.min(...rows.map(({ source }) => this.windows.latest(source)));
  }

  identities(closed: ClosedWindows): string[] {
    return [...closed.start.keys()].map((i) => `${closed.kind[i]} ${closed.identity(i)}`);
  }

  details(closed: ClosedWindows): Detail[] {
    const { vectors, sequences, collectors } = this.windows;
    const text = (counts: Map<number, number>) =>
      [...counts].sort((a, b) => a[0] - b[0]).map(([template, count]) => `${template}:${count}`).join(" ");
    return this.identities(closed).map((identity, i) => {
      const { symbols, counts } = vectors.counts(closed.vector[i]), templates = new Map<number, number>();
      symbols.forEach((symbol, k) =>
        templates.set(symbol >> 3, (templates.get(symbol >> 3) ?? 0) + counts[k])
      );
      const sequence = sequences?.read(closed.sequence[i]) ?? null;
      const noted = collectors.named(closed.facts.get(i))?.get("counting") as Map<number, number> | undefined;
      return {
        identity,
        session: closed.isSession(i),
        service: this.services.text(closed.service[i]),
        start: closed.start[i],
        end: closed.end[i],
        lines: closed.lines[i],
        counts: text(templates),
        sequence: sequence && [...sequence],
        noted: text(noted ?? new Map()),
      };
    });
  }
}
