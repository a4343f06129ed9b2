/**
 * One time window's share of a mapped part.
 *
 * @module
 */
import type { OpenWindows } from "../../window/open_windows.ts";
import type { RecordCounts } from "../record_counts.ts";
import type { Stretch } from "../stretch.ts";
import type { CountedWindow, MappedPart, SessionEvent } from "./mapped_part.ts";

/** What of a part lies in one time window. */
export interface PartCell {
  /** Where the time window begins, ms UTC; -Infinity where nothing in it has a time. */
  readonly start: number;
  readonly windows: CountedWindow[];
  readonly events: SessionEvent[];
}

/** Bytes that an event takes, about. */
const EVENT_BYTES = 128;

/**
 * A part by time windows, in order of time: as lines come, so that windows close between them as they do between lines.
 * Records without a time are with those before them.
 *
 * @param size Length of the time windows, ms.
 */
export function cellsOf({ windows, events, untimed }: MappedPart, size: number): PartCell[] {
  const cells = new Map<number, PartCell>();
  const cellAt = (start: number) => {
    let cell = cells.get(start);
    if (cell === undefined) cells.set(start, cell = { start, windows: [], events: [] });
    return cell;
  };
  for (const window of windows) cellAt(window.start).windows.push(window);
  let latest = -Infinity;
  for (const event of events) {
    if (event.time !== null) latest = Math.floor(event.time / size) * size;
    cellAt(latest).events.push(event);
  }
  if (untimed > 0 && cells.size === 0) cellAt(-Infinity);
  return [...cells.values()].sort((a, b) => a.start < b.start ? -1 : 1);
}

/** Where a {@linkcode CountedStretch} stands in its part. */
export interface CountedPlace {
  /** Watermark (ms) before it. */
  watermark: number;
  isFirst: boolean;
  isLast: boolean;
  /** New template index by the part's own; absent = the same. */
  renamed?: Int32Array;
}

/** A cell of a mapped part as a stretch of the stream. Handed out by `MappedRecords`. */
export class CountedStretch implements Stretch {
  readonly watermark: number;
  readonly records: number;
  readonly isWhole: boolean;
  readonly #untimed: number;

  constructor(
    private readonly part: MappedPart,
    private readonly cell: PartCell,
    private readonly place: CountedPlace,
  ) {
    this.watermark = place.watermark;
    this.isWhole = place.isLast;
    this.#untimed = place.isFirst ? part.untimed : 0;
    this.records = cell.windows.reduce((sum, { lines }) => sum + lines, cell.events.length + this.#untimed);
  }

  /** About what it takes in memory. */
  get bytes(): number {
    const { windows, events } = this.cell;
    return windows.reduce((sum, { pairs }) => sum + pairs.byteLength, EVENT_BYTES * events.length);
  }

  /** Those of the whole part. */
  times(): [least: number, greatest: number] {
    return [this.part.first ?? Infinity, this.part.last ?? -Infinity];
  }

  /** All of it: whoever mapped the part has left out what doesn't belong to it. */
  *within(): Generator<CountedStretch> {
    yield this;
  }

  addTo(windows: OpenWindows): void {
    const { part, cell, place: { renamed, isLast } } = this;
    windows.addCounted({ ...cell, untimed: this.#untimed, last: isLast ? part.last : null }, { renamed });
  }

  countIn(counts: RecordCounts): void {
    const { cell: { windows, events }, place: { renamed } } = this;
    for (const window of windows) counts.addWindow(window, renamed);
    for (const event of events) counts.addEvent(event, renamed);
  }

  /** There are no lines. */
  noteIn(): void {}
}
