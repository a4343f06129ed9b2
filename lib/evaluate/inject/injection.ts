/**
 * The contract of every kind of anomaly that can be planted.
 *
 * @module
 */
import type { LogEdit } from "../log/log_edit.ts";
import { type RecordedSession, textOf } from "../log/divided_log.ts";
import type { RecordedLog } from "../log/recorded_log.ts";
import type { Dice } from "./dice.ts";
import type { ServiceGround, SessionGround } from "./ground.ts";
import type { RecordWriter } from "./record_writer.ts";

/** An anomaly that is ready to be planted somewhere. */
export interface Seedling {
  /** Windows that it takes. */
  windows: number;
  /** Windows at which it can begin, where that isn't any. */
  places?: readonly number[];
  /**
   * Plants it from the window `at` on; what was done, in words for a person, or `null` where it can't be done there: then
   * nothing in `edit` counts.
   */
  plant(at: number, edit: LogEdit): Promise<string | null>;
}

/** A kind of anomaly in the time windows of a service. */
export interface WindowInjection {
  readonly on: "window";
  /** As labels and tables call it. */
  readonly name: string;
  /** What happens, in a few words. */
  readonly title: string;
  /**
   * Chooses what is to happen on a service; `null` where nothing of this kind can.
   *
   * @param number How many of the kind there were before: texts that are new take another one each time.
   */
  prepare(ground: ServiceGround, dice: Dice, number: number): Seedling | null;
}

/** A kind of anomaly within a session. */
export interface SessionInjection {
  readonly on: "session";
  readonly name: string;
  readonly title: string;
  /** Plants it into a session; what was done, or `null` where it can't be done there. */
  plant(
    session: RecordedSession,
    ground: SessionGround,
    dice: Dice,
    edit: LogEdit,
    number: number,
  ): Promise<string | null>;
}

/** A kind of anomaly. */
export type Injection = WindowInjection | SessionInjection;

/** Tested windows of a service that have a record which `isWanted`. */
export function placesWith(
  { windows, tested }: ServiceGround,
  isWanted: (record: number, position: number, all: readonly number[]) => boolean,
): number[] {
  return [...windows].filter(([window, records]) =>
    window >= tested.from && window < tested.to && records.some(isWanted)
  ).map(([window]) => window).sort((a, b) => a - b);
}

/** Where new records go: behind all records of an input that are not later than `time`. */
export function placeOf({ inputs, records }: RecordedLog, input: number, time: number): number {
  const { first, last } = inputs[input];
  let place = first;
  for (let low = first, high = last; low < high;) { // inputs are nearly in order of time: near enough to begin from
    const middle = (low + high) >> 1;
    if (records[middle].around <= time) low = middle + 1;
    else high = middle;
    place = low;
  }
  while (place < last && records[place].around <= time) place++;
  return place;
}

/** Writes a record like `model` at each time and puts it in; whether all could be written. */
export async function insertAll(
  edit: LogEdit,
  writer: RecordWriter,
  records: readonly { model: number; time: number; content?: string; severity?: number }[],
): Promise<boolean> {
  const { log } = writer;
  for (const { model, ...wanted } of records) {
    const written = await writer.write(model, wanted);
    if (written === null) return false;
    const { input } = log.records[model];
    edit.insert(input, placeOf(log, input, written.time), written.bytes);
  }
  return true;
}

/** The one of `records` (ascending in time) that is nearest to `time`. */
export function nearest(log: RecordedLog, records: readonly number[], time: number): number {
  let best = records[0];
  for (const record of records) {
    if (Math.abs(log.records[record].time - time) < Math.abs(log.records[best].time - time)) best = record;
  }
  return best;
}

/** The text of a record's template. */
export function templateText({ catalogue }: RecordedLog, template: number): string {
  return catalogue.template(template).text;
}

/** The message of a record, one character a byte. */
export function contentOf({ inputs, records }: RecordedLog, record: number): string {
  const { input, contentStart, contentEnd } = records[record];
  return textOf(inputs[input].bytes.subarray(contentStart, contentEnd));
}
