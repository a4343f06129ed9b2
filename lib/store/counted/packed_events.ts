/**
 * Events of sessions as columns: what many of them have in common is there once.
 *
 * @module
 */
import type { SessionEvent } from "../../model/mapped/mapped_part.ts";

/** An event whose template is called by its id. */
export interface NamedEvent extends Omit<SessionEvent, "template"> {
  template: string;
}

/** Events in their order. Plain JSON. */
export interface PackedEvents {
  /** Ids of templates, names of services, and sessions' keys, each once. */
  templates: string[];
  services: string[];
  keys: string[];
  /** Of each event: ms since the one before that has a time, the first since 0; `[ms]` = since 0; `null` = it has none. */
  time: (number | null | [number])[];
  /** Of each event: its place in the list above. */
  template: number[];
  service: number[];
  severity: number[];
  /** Of each event: places of its keys; of an only one without the list. */
  key: (number | number[])[];
  /** What was noted of single events, by their places. */
  facts?: [place: number, facts: Record<string, unknown>][];
}

/**
 * Events as columns.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { packEvents, unpackEvents } from "./packed_events.ts";
 *
 * const event = { time: 5_000, service: "shop", template: "a1", severity: 9, keys: ["order 7"] };
 * const packed = packEvents([event, { ...event, time: 5_250 }]);
 * assert.deepEqual([packed.time, packed.keys, packed.key], [[5_000, 250], ["order 7"], [0, 0]]);
 * assert.deepEqual(unpackEvents(packed, () => 3)[1], { ...event, time: 5_250, template: 3 });
 * ```
 */
export function packEvents(events: readonly NamedEvent[]): PackedEvents {
  const templates = new Places(), services = new Places(), keys = new Places();
  const packed: PackedEvents = {
    ...{ templates: templates.texts, services: services.texts, keys: keys.texts },
    ...{ time: [], template: [], service: [], severity: [], key: [] },
  };
  let before = 0;
  for (const [place, { time, service, template, severity, keys: own, facts }] of events.entries()) {
    packed.time.push(time === null ? null : sinceOf(time, before));
    packed.template.push(templates.of(template));
    packed.service.push(services.of(service));
    packed.severity.push(severity);
    packed.key.push(own.length === 1 ? keys.of(own[0]) : own.map((key) => keys.of(key)));
    if (facts !== undefined) (packed.facts ??= []).push([place, facts]);
    before = time ?? before;
  }
  return packed;
}

/** The difference, if it leads back to the very time: fractions may be lost with it. */
function sinceOf(time: number, before: number): number | [number] {
  return before + (time - before) === time ? time - before : [time];
}

/**
 * Events from their columns.
 *
 * @param numberOf The number of a template's id.
 */
export function unpackEvents(packed: PackedEvents, numberOf: (id: string) => number): SessionEvent[] {
  const { services, keys, time: times } = packed, numbers = packed.templates.map(numberOf);
  const { template, service, severity, key } = packed;
  let before = 0;
  const events = times.map((since, i): SessionEvent => {
    const time = typeof since === "number" ? before + since : since === null ? null : since[0], own = key[i];
    before = time ?? before;
    return {
      ...{ time, service: services[service[i]], template: numbers[template[i]], severity: severity[i] },
      keys: typeof own === "number" ? [keys[own]] : own.map((place) => keys[place]),
    };
  });
  for (const [place, facts] of packed.facts ?? []) events[place].facts = facts;
  return events;
}

/** Texts by their places. */
class Places {
  readonly texts: string[] = [];
  readonly #places = new Map<string, number>();

  of(text: string): number {
    const known = this.#places.get(text);
    if (known !== undefined) return known;
    this.#places.set(text, this.texts.length);
    return this.texts.push(text) - 1;
  }
}
