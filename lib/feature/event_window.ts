/**
 * A closed window as detectors read it that follow time or order.
 *
 * @module
 */

/** Events counted: what windows with equal counts share, as one object. */
export interface EventCounts {
  /** Template indices, ascending, each once. */
  readonly templates: Int32Array;
  /** Events of each, shape [templates.length], above 0. */
  readonly counts: Int32Array;
  /** Most severe level class of each (0 none … 3 warn, 4 error, 5 fatal, see `lib/window/symbol.ts`), shape [templates.length]. */
  readonly levels: Uint8Array;
}

/** A session, or a service's window of time. */
export interface EventWindow {
  /** Milliseconds since the epoch, UTC; NaN where lines have no times. A session's first and last record; a time window's borders. */
  readonly start: number;
  readonly end: number;
  /** Records; 0 for an empty time window. */
  readonly lines: number;
  /** Windows with equal counts have the same object. */
  readonly events: EventCounts;
  /** Template indices of a session's events in order (sessions with equal order have the same object); `null` = not kept. */
  readonly sequence: Int32Array | null;
  /** What collectors noted, by their names (see `lib/window/collector.ts`); absent = nothing. */
  readonly facts?: ReadonlyMap<string, unknown>;
}

/** What a template is called, for what is saved and shown: indices hold within one run only. */
export interface TemplateNames {
  /** Stable id. */
  id(index: number): string;
  /** Text for people. */
  text(index: number): string;
  /** Most severe OpenTelemetry `SeverityNumber` that it was seen with; 0 = none. */
  severity(index: number): number;
  /** Index of the template with this id; -1 = there is none. */
  indexOf(id: string): number;
}
