/**
 * Which parameters of a stream's templates are worth watching.
 *
 * @module
 */
import { savedFields } from "../record/saved_fields.ts";
import type { TemplateNames } from "../feature/event_window.ts";
import { fitLines, type FitLinesOptions } from "../ensemble/session_values/fit_lines.ts";
import { type Measured, measureKey } from "../ensemble/session_values/measures.ts";
import { SESSION_RATE } from "../ensemble/session_values.ts";
import type { EventWindow } from "../feature/event_window.ts";
import type { SessionSlots, WatchedSlots } from "../window/collectors/slot_values.ts";
import type { Facts } from "../window/facts.ts";
import { GREATEST, type GreatestFact } from "../window/greatest_fact.ts";
import { QUANTITIES, type QuantityFact } from "../window/quantity_fact.ts";
import { type UsualSources, usualSources } from "../explain/over_sources.ts";
import type { SourceFact } from "../detector/threat/source_fact.ts";
import { TIMES } from "../window/time_fact.ts";
import { readSpreads } from "./usual_numbers.ts";
import { type ValueFact, VALUES } from "../window/value_fact.ts";

const { arrayOf, fieldsOf, flag, integer, number, refuse, text } = savedFields("watched parameters");

/** Name of the facts of sources. */
export const SOURCES = "sources";
/** Numbers that a parameter must have had in training to be watched. */
const ENOUGH_NUMBERS = 30;
/** Different values that a watched parameter had at the most, and windows that it was in at the least. */
const FEW_VALUES = 50, ENOUGH_WINDOWS = 30;

/** Share of steps that must have a line for their times to be noted, which costs a little at every line of a session. */
const ENOUGH_STEPS = 0.25;

/** What is known of one parameter. */
interface SlotSum {
  template: number;
  slot: string;
  numbers: number;
  windows: number;
  values: Map<string, number>;
}

/** What collectors watch, and what else is usual of a stream's windows. */
export interface Watched extends WatchedSlots {
  /** What the busiest sources had; absent = nobody knows. */
  sources?: UsualSources;
}

/** Nothing of sessions is watched. */
export const NO_SESSION_SLOTS: SessionSlots = { quantities: {}, times: false };
/** Nothing is watched. */
export const NOTHING_WATCHED: WatchedSlots = { quantities: {}, values: {}, sessions: NO_SESSION_SLOTS };

/**
 * Chooses from the facts of training: parameters with enough numbers, and those that had few values in many windows; of
 * sessions those numbers and times for which a line can be drawn.
 *
 * @param windows Facts of each window, by the names of collectors; sessions in order of time.
 * @param sessionLimits Default: there are none.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { watchedSlots } from "./watched.ts";
 *
 * const names = { id: (i: number) => `T${i}`, text: () => "", severity: () => 0, indexOf: () => 0 };
 * const fact = { template: 3, slot: "ms", count: 40, least: 1, greatest: 9 };
 * const { quantities } = watchedSlots([new Map([["quantities", [fact]]])], names);
 * assert.deepEqual(quantities, { T3: ["ms"] });
 * ```
 */
export function watchedSlots(
  windows: Iterable<ReadonlyMap<string, unknown>>,
  names: TemplateNames,
  sessionLimits: SessionLimits = { idle: Infinity, span: Infinity },
): Watched {
  const slots = new Map<string, SlotSum>(), sessions: EventWindow[] = [], sources: SourceFact[] = [];
  const sumOf = (template: number, slot: string) => {
    const key = `${template} ${slot}`;
    return slots.get(key) ??
      slots.set(key, { template, slot, numbers: 0, windows: 0, values: new Map() }).get(key)!;
  };
  for (const facts of windows) {
    if (facts.has(SOURCES)) sources.push(facts.get(SOURCES) as SourceFact);
    if (facts.has(GREATEST) || facts.has(TIMES)) sessions.push({ ...NO_WINDOW, facts });
    for (const { template, slot, count } of (facts.get(QUANTITIES) ?? []) as QuantityFact[]) {
      sumOf(template, slot).numbers += count;
    }
    const seen = new Set<SlotSum>();
    for (const { template, slot, value, count = 1 } of (facts.get(VALUES) ?? []) as ValueFact[]) {
      const sum = sumOf(template, slot), known = sum.values.get(value);
      if (known !== undefined || sum.values.size <= FEW_VALUES) sum.values.set(value, (known ?? 0) + count);
      seen.add(sum);
    }
    for (const sum of seen) sum.windows++;
  }
  const sums = [...slots.values()];
  return {
    quantities: byTemplate(
      sums.filter(({ numbers }) => numbers >= ENOUGH_NUMBERS),
      names,
      (own) => own.map(({ slot }) => slot).sort(),
    ),
    values: byTemplate(
      sums.filter(({ values, windows }) =>
        values.size > 0 && values.size <= FEW_VALUES && windows >= ENOUGH_WINDOWS
      ),
      names,
      (own) => Object.fromEntries(own.map(({ slot, values }) => [slot, Object.fromEntries(values)])),
    ),
    sessions: sessionSlots(sessions, names, sessionLimits),
    ...knownSources(sources),
  };
}

function knownSources(facts: readonly SourceFact[]): Pick<Watched, "sources"> {
  const sources = usualSources(facts);
  return sources.requests < 1 || sources.logins < 1 ? { sources } : {};
}

/** Stands for a session of which only facts are known. */
const NO_WINDOW: EventWindow = {
  ...{ start: NaN, end: NaN, lines: 0, sequence: null },
  events: { templates: new Int32Array(), counts: new Int32Array(), levels: new Uint8Array() },
};

/** What bounds times within sessions: the largest gap within one, and how long training was, ms. */
export type SessionLimits = Pick<Required<FitLinesOptions>, "idle" | "span">;

function sessionSlots(
  sessions: readonly EventWindow[],
  names: TemplateNames,
  limits: SessionLimits,
): SessionSlots {
  const { lines, samples } = fitLines(sessions, { rate: SESSION_RATE, ...limits });
  const numbers = lines.filter(({ slot }) => slot !== "").sort((a, b) => a.slot < b.slot ? -1 : 1);
  const steps = (measured: Iterable<Measured>) => {
    let sum = 0;
    for (const each of measured) if (each.since >= 0) sum += samples.get(measureKey(each))!.values.length;
    return sum;
  };
  return {
    quantities: byTemplate(
      numbers,
      names,
      (own) => Object.fromEntries(own.map(({ slot, usual }) => [slot, usual])),
    ),
    times: steps(lines) > ENOUGH_STEPS * steps(samples.values()),
  };
}

/**
 * What was noted of a window in training, without what is not watched.
 *
 * @param names Names of the collectors, in the order of `facts`.
 */
export function watchedFacts(
  facts: Facts,
  collectors: readonly string[],
  { quantities, values, sessions = NO_SESSION_SLOTS }: WatchedSlots,
  names: TemplateNames,
): Facts {
  const isQuantity = ({ template, slot }: QuantityFact) =>
    quantities[names.id(template)]?.includes(slot) ?? false;
  const isGreatest = ({ template, slot }: GreatestFact) =>
    Object.hasOwn(sessions.quantities[names.id(template)] ?? {}, slot);
  const isValue = ({ template, slot }: ValueFact) => Object.hasOwn(values[names.id(template)] ?? {}, slot);
  return facts.map((fact, i) => {
    if (collectors[i] === QUANTITIES) return (fact as QuantityFact[] | undefined)?.filter(isQuantity);
    if (collectors[i] === VALUES) return (fact as ValueFact[] | undefined)?.filter(isValue);
    if (collectors[i] === GREATEST) return (fact as GreatestFact[] | undefined)?.filter(isGreatest);
    if (collectors[i] === TIMES && !sessions.times) return undefined;
    return fact;
  });
}

/**
 * What was saved of them; every field is checked.
 *
 * @throws {TypeError} if a field is missing or of the wrong type.
 */
export function readWatched(saved: unknown, path: string): Watched {
  const { quantities, values, sessions, spreads, sources } = fieldsOf(saved, path);
  return {
    quantities: readSlots(quantities, `${path}.quantities`),
    values: readValues(values, `${path}.values`),
    sessions: sessions === undefined // a model of before there were any
      ? NO_SESSION_SLOTS
      : readSessions(sessions, `${path}.sessions`),
    ...(spreads === undefined ? {} : { spreads: readSpreads(spreads, `${path}.spreads`) }),
    ...(sources === undefined ? {} : { sources: readSources(sources, `${path}.sources`) }),
  };
}

function readSources(saved: unknown, path: string): UsualSources {
  const { requests, logins } = fieldsOf(saved, path);
  return { requests: number(requests, `${path}.requests`), logins: number(logins, `${path}.logins`) };
}

function readSessions(saved: unknown, path: string): SessionSlots {
  const { quantities, times } = fieldsOf(saved, path);
  const levels = Object.entries(fieldsOf(quantities, `${path}.quantities`)).map(([id, slots]) => {
    const entries = Object.entries(fieldsOf(slots, `${path}.quantities.${id}`));
    return [
      id,
      Object.fromEntries(entries.map(([slot, level]) => [slot, number(level, `${path}.${id}.${slot}`)])),
    ];
  });
  return { quantities: Object.fromEntries(levels), times: flag(times, `${path}.times`) };
}

function readSlots(saved: unknown, path: string): Record<string, string[]> {
  if (Array.isArray(saved)) throw new TypeError(`Cannot restore watched parameters: ${path} is a list`);
  const entries = Object.entries(fieldsOf(saved, path));
  return Object.fromEntries(entries.map(([id, slots]) => {
    const names = arrayOf(slots, `${path}.${id}`, text);
    return [id, names.length > 0 ? names : refuse(`${path}.${id}`, "at least one parameter", slots)];
  }));
}

/** How often each value of each parameter was there. */
function readValues(saved: unknown, path: string): Record<string, Record<string, Record<string, number>>> {
  const entries = (value: unknown, at: string) => {
    const found = Object.entries(fieldsOf(value, at));
    return Array.isArray(value) || found.length === 0 ? refuse(at, "at least one entry", value) : found;
  };
  if (Array.isArray(saved)) throw new TypeError(`Cannot restore watched parameters: ${path} is a list`);
  return Object.fromEntries(
    Object.entries(fieldsOf(saved, path)).map(([id, slots]) => [
      id,
      Object.fromEntries(
        entries(slots, `${path}.${id}`).map(([slot, values]) => [
          slot,
          Object.fromEntries(
            entries(values, `${path}.${id}.${slot}`).map(([value, count]) => [
              value,
              integer(count, `${path}.${id}.${slot}`, 1),
            ]),
          ),
        ]),
      ),
    ]),
  );
}

function byTemplate<T, S extends { template: number }>(
  slots: readonly S[],
  names: TemplateNames,
  of: (slots: readonly S[]) => T,
): Record<string, T> {
  const named = Map.groupBy(slots, ({ template }) => names.id(template));
  return Object.fromEntries([...named].sort(([a], [b]) => a < b ? -1 : 1).map(([id, own]) => [id, of(own)]));
}
