/**
 * What is noted of a stream's windows beside counts.
 *
 * @module
 */
import { SourceCollector } from "../detector/threat/source_collector.ts";
import type { Catalogue } from "../template/catalogue.ts";
import type { Collector } from "../window/collector.ts";
import { GreatestCollector } from "../window/collectors/greatest_collector.ts";
import { orderCollector } from "../window/collectors/order_collector.ts";
import { QuantityCollector } from "../window/collectors/quantity_collector.ts";
import { SlotValues, type WatchedSlots } from "../window/collectors/slot_values.ts";
import { TimeCollector } from "../window/collectors/time_collector.ts";
import { ValueCollector } from "../window/collectors/value_collector.ts";
import { redactorOf, type StreamSettings } from "./stream_settings.ts";
import { NO_SESSION_SLOTS } from "./watched.ts";

/** Templates that have their texts, and which of their parameters are watched; `null` = all of them. */
export interface CollectedTemplates {
  catalogue: Catalogue;
  watched: WatchedSlots | null;
}

/**
 * The collectors of a stream: order, sources, and where templates have their texts numbers and words; of sessions numbers and
 * times.
 *
 * @param templates Absent while templates are still being learned.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { streamCollectors } from "./stream_collectors.ts";
 * import { streamSettings } from "./stream_settings.ts";
 *
 * const collectors = streamCollectors(streamSettings({ name: "web" }));
 * assert.deepEqual(collectors.map(({ name }) => name), ["order", "sources"]);
 * ```
 */
export function streamCollectors(settings: StreamSettings, templates?: CollectedTemplates): Collector[] {
  const redact = redactorOf(settings);
  if (templates === undefined) return collectorsOf(orderCollector, new SourceCollector({ redact }));
  const { catalogue, watched } = templates;
  const textOf = (template: number) => catalogue.template(template).text;
  const values = new SlotValues(catalogue, { watched, redact });
  return collectorsOf(
    orderCollector,
    new SourceCollector({ textOf, redact }),
    new QuantityCollector(values, {
      learns: watched === null,
      usualOf: (template, slot) => watched?.spreads?.[catalogue.template(template).id]?.[slot],
    }),
    new ValueCollector(values),
    ...(settings.session === null ? [] : sessionCollectors({ catalogue, watched }, redact)),
  );
}

/** Those of sessions: none where nothing of theirs is watched, so that it costs nothing. */
function sessionCollectors(
  { catalogue, watched }: CollectedTemplates,
  redact: (text: string) => string,
): Collector[] {
  const { quantities, times } = watched?.sessions ?? NO_SESSION_SLOTS, all = watched === null;
  const noted = all ? null : {
    quantities: Object.fromEntries(
      Object.entries(quantities).map(([id, slots]) => [id, Object.keys(slots)]),
    ),
    values: {},
  };
  const keptAbove = (template: number, slot: string) =>
    quantities[catalogue.template(template).id]?.[slot] ?? Infinity;
  const hasNumbers = all || Object.keys(quantities).length > 0;
  return collectorsOf(
    ...(hasNumbers
      ? [new GreatestCollector(new SlotValues(catalogue, { watched: noted, redact }), keptAbove)]
      : []),
    ...(all || times ? [new TimeCollector(catalogue.frozen)] : []),
  );
}

/** Collectors of different facts as one list: each is only ever given its own. */
// deno-lint-ignore no-explicit-any
function collectorsOf(...collectors: Collector<any>[]): Collector[] {
  return collectors;
}
