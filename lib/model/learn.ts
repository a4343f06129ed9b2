/**
 * Records → what a stream's model is fitted on: templates and the history of its windows.
 *
 * @module
 */
import { Dictionary } from "../record/dictionary.ts";
import type { Format } from "../record/format.ts";
import type { Input } from "../source/input.ts";
import type { Catalogue } from "../template/catalogue.ts";
import { Miner } from "../template/miner.ts";
import { OpenWindows } from "../window/open_windows.ts";
import { SessionPattern } from "../window/session_pattern.ts";
import { MergedRecords } from "./merged_records.ts";
import { rowsWithin } from "./scan.ts";
import { redactorOf, type StreamSettings } from "./stream_settings.ts";
import { WindowHistory } from "./window_history.ts";

/** How {@linkcode learn} goes about it. */
export interface LearnOptions {
  settings: StreamSettings;
  inputs: Input[];
  /** The format of all inputs; `null` = found out for each. */
  format: Format | null;
  /**
   * Ends the span this many ms after the first record, at the border of a time window: what comes later is left unread, and
   * what is still open there stays open. Default: everything is read, and every window closed.
   */
  span?: number;
  /** Only records with `from <= time < to` (ms); those without a time always. */
  from?: number;
  to?: number;
  /** Told after each slice how many records have been read. */
  onProgress?: (records: number) => void;
}

/** What was learned. */
export interface Learned {
  settings: StreamSettings;
  catalogue: Catalogue;
  services: Dictionary;
  history: WindowHistory;
  /** Windows still open at the end of the span, templates numbered as in the catalogue; continue with them. */
  windows: OpenWindows;
  /** The inputs where the span ended; the caller closes them. */
  records: MergedRecords;
  /** First and last time in the span, ms; Infinity and -Infinity where lines have none. */
  from: number;
  to: number;
  /** Records read. */
  read: number;
  /** Whether the whole span that was asked for was there. */
  complete: boolean;
}

/** The windows of a stream, all open. A one-off run keeps each session in one piece and calls nothing late. */
export function createWindows(settings: StreamSettings, services: Dictionary, oneOff: boolean): OpenWindows {
  const { session, window, lateness } = settings;
  return new OpenWindows(windowOptions(session, window, oneOff ? Infinity : lateness, oneOff), services);
}

/** What {@linkcode OpenWindows} is made or restored with. */
export function windowOptions(
  session: StreamSettings["session"],
  size: number,
  lateness: number,
  keepSessions: boolean,
) {
  return {
    session: session === null ? null : SessionPattern.compile(session.pattern),
    size,
    idle: session?.idle ?? 30 * 60_000,
    lateness,
    keepSessions,
  };
}

/** Reads the span once, learning templates and counting windows on the way. */
export async function learn(options: LearnOptions): Promise<Learned> {
  const { settings, inputs, format, span, from = -Infinity, to = Infinity } = options;
  const services = new Dictionary(),
    miner = new Miner({ redact: redactorOf(settings) }),
    history = new WindowHistory();
  const records = new MergedRecords(inputs, { settings, services, format });
  const windows = createWindows(settings, services, span === undefined);
  const first = await records.start();
  if (span !== undefined && first !== -Infinity) {
    const { window } = settings, border = Math.round((first + span) / window) * window;
    records.until = Math.max(border, (Math.floor(first / window) + 1) * window);
  }
  let read = 0, earliest = Infinity, latest = -Infinity;
  for (let slice = await records.next(); slice !== null; slice = await records.next()) {
    const { batch, source } = slice;
    for (const [start, end] of rowsWithin(batch, slice.from, slice.to, from, to)) {
      miner.learn(batch, start, end);
      windows.add(batch, start, end, source);
      for (let row = start; row < end; row++) {
        if (batch.timestamp[row] < earliest) earliest = batch.timestamp[row];
        if (batch.timestamp[row] > latest) latest = batch.timestamp[row];
      }
      read += end - start;
    }
    if (span !== undefined) history.add(windows.close(records.watermark(settings.lateness)));
    options.onProgress?.(read);
  }
  if (span === undefined) history.add(windows.closeAll());
  const { catalogue, map } = miner.freeze();
  history.rekey(windows.rekey(map));
  const complete = span === undefined || records.pending;
  return {
    settings,
    catalogue,
    services,
    history,
    windows,
    records,
    from: earliest,
    to: latest,
    read,
    complete,
  };
}
