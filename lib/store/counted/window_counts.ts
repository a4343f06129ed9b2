/**
 * How many events of each template a window has: counted by the cluster.
 *
 * @module
 */
import { symbolOf } from "../../window/symbol.ts";
import type { Cluster } from "./cluster.ts";

/** Counts that come with one answer. */
const PAGE = 10_000;

/** A generation of a part, and where it is. */
export interface Increment {
  index: string;
  from: number;
  to: number;
  generation: number;
}

/** What one service wrote in a window. */
export interface WindowCounts {
  service: string;
  start: number;
  lines: number;
  /** Counts by symbol. */
  counts: Map<number, number>;
}

interface CountKey {
  window: number;
  service: string;
  template: string;
  severity: number;
}

interface CountsAnswer {
  aggregations?: { counts: { buckets: { key: CountKey; doc_count: number }[]; after_key?: CountKey } };
}

/** What events of an increment meet. */
export function eventsOf({ from, to, generation }: Increment): Record<string, unknown>[] {
  return [
    { term: { kind: "event" } },
    { term: { generation } },
    { range: { "@timestamp": { gte: from, lt: to, format: "epoch_millis" } } },
  ];
}

/**
 * Counts the events without a session, by window, service, template and level; the pages are as long as a cluster allows, however
 * many events there are.
 *
 * @param numberOf The number of a template's id.
 * @returns Windows by service, then start.
 */
export async function countWindows(
  cluster: Cluster,
  increment: Increment,
  numberOf: (id: string) => number,
): Promise<WindowCounts[]> {
  const windows = new Map<string, WindowCounts>();
  let after: CountKey | undefined;
  do {
    const { body } = await cluster.search<CountsAnswer>(`count the events of ${increment.index}`, {
      ...{ index: increment.index, parts: "aggregations" },
      body: { size: 0, query: { bool: { filter: eventsOf(increment) } }, aggs: aggregation(after) },
    });
    const { buckets = [], after_key } = body.aggregations?.counts ?? {};
    for (const { key, doc_count } of buckets) {
      const { service, window: start } = key, name = `${start} ${service}`;
      const window = windows.get(name) ?? { service, start, lines: 0, counts: new Map<number, number>() };
      const symbol = symbolOf(numberOf(key.template), key.severity);
      window.lines += doc_count;
      window.counts.set(symbol, (window.counts.get(symbol) ?? 0) + doc_count);
      windows.set(name, window);
    }
    after = buckets.length < PAGE ? undefined : after_key;
  } while (after !== undefined);
  return [...windows.values()].sort(byServiceAndStart);
}

function aggregation(after: CountKey | undefined) {
  const sources = ["window", "service", "template", "severity"].map((field) => ({
    [field]: { terms: { field } },
  }));
  return { counts: { composite: { size: PAGE, sources, ...(after ? { after } : {}) } } };
}

function byServiceAndStart(a: WindowCounts, b: WindowCounts): number {
  return a.service === b.service ? a.start - b.start : a.service < b.service ? -1 : 1;
}

/** `symbol, count, …` sorted by symbol. */
export function pairsOf({ counts }: WindowCounts): Int32Array {
  return Int32Array.from([...counts].sort(([a], [b]) => a - b).flat());
}
