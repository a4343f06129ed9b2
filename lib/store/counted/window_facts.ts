/**
 * What collectors noted of windows, read back.
 *
 * @module
 */
import type { Cluster } from "./cluster.ts";
import { foundPages } from "./found_pages.ts";
import type { Increment } from "./window_counts.ts";

/** Windows of one answer. */
const PAGE = 2000;

interface NotedWindow {
  window: number;
  service: string;
  facts: Record<string, unknown>;
}

/** Names a service's window. */
export function windowKey({ start, service }: { start: number; service: string }): string {
  return `${start} ${service}`;
}

/** Facts of an increment's windows, by {@linkcode windowKey}. */
export async function readFacts(
  cluster: Cluster,
  { index, from, generation }: Increment,
): Promise<Map<string, Record<string, unknown>>> {
  const noted = new Map<string, Record<string, unknown>>();
  const filter = [{ term: { kind: "window" } }, { term: { from } }, { term: { generation } }];
  const search = { index, filter, sort: ["window", "service"], most: PAGE };
  for await (const page of foundPages<NotedWindow>(cluster, search)) {
    for (const { window: start, service, facts } of page) noted.set(windowKey({ start, service }), facts);
  }
  return noted;
}
