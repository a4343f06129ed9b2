/**
 * Which incident an alert belongs to, once and for all.
 *
 * What {@linkcode incidentsOf} finds in all alerts at once is decided here alert by alert, as they come: an alert joins the incident that
 * it belongs to, and stays. An incident is named by the alert that it began with, and keeps that name. Two incidents that turn
 * out to be one become one as long as nobody has heard of the second; afterwards both stay what people know.
 *
 * @module
 */
import type { Alert } from "./alert.ts";
import { belongingOf } from "./incidents.ts";

/** An incident that there is. */
export interface KnownIncident {
  id: string;
  alerts: readonly Alert[];
  /** Whether somebody has heard of it. */
  isTold: boolean;
}

/** What {@linkcode joinIncidents} decided. */
export interface JoinedIncidents {
  /** Incident by alert, for alerts that had none. */
  joined: Map<string, string>;
  /** Incidents that are part of another one now. */
  merged: Map<string, string>;
}

/**
 * Finds the incidents of alerts that have changed.
 *
 * @param changed Alerts that are new or have changed; those that belong to an incident already stay in it.
 * @param known Incidents that may belong to them.
 * @param windowOf Length of a stream's time windows, ms.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { joinIncidents } from "./join_incidents.ts";
 * import { raiseAlerts } from "./raise_alerts.ts";
 *
 * const verdict = { stream: "shop", key: "db@a", kind: "window" as const, service: "db", start: 0, end: 300_000,
 *   lines: 9, score: 4, threshold: 1, anomalous: true, reasons: [] };
 * const context = { lineage: "m1", window: 300_000, retention: 0, watermark: 0 };
 * const { opened: [db, web] } = raiseAlerts([verdict, { ...verdict, service: "web", key: "web@a" }], [], context);
 * const known = [{ id: db.id, alerts: [db], isTold: true }];
 * assert.deepEqual([...joinIncidents([web], known, () => 300_000).joined], [[web.id, db.id]]);
 * ```
 */
export function joinIncidents(
  changed: readonly Alert[],
  known: readonly KnownIncident[],
  windowOf: (stream: string) => number,
): JoinedIncidents {
  const holders = new Map(known.flatMap((incident) => incident.alerts.map(({ id }) => [id, incident.id])));
  const fresh = new Map(changed.map((alert) => [alert.id, alert]));
  const nodes = new Nodes(known);
  for (const alert of changed) if (!holders.has(alert.id)) nodes.add(alert);
  const all = [...known.flatMap(({ alerts }) => alerts).filter(({ id }) => !fresh.has(id)), ...changed];
  const belongTogether = belongingOf(all, windowOf);
  for (const alert of changed) {
    const own = holders.get(alert.id) ?? alert.id;
    for (const other of all) {
      const theirs = holders.get(other.id) ?? other.id;
      if (nodes.canMeet(own, theirs) && belongTogether(alert.id, other.id)) nodes.unite(own, theirs);
    }
  }
  const outcome: JoinedIncidents = { joined: new Map(), merged: new Map() };
  for (const alert of changed) {
    if (!holders.has(alert.id)) outcome.joined.set(alert.id, nodes.nameOf(alert.id));
  }
  for (const { id } of known) if (nodes.nameOf(id) !== id) outcome.merged.set(id, nodes.nameOf(id));
  return outcome;
}

/** A set of incidents and alerts that are one; at most one of them is known to people. */
interface Node {
  name: string;
  isTold: boolean;
  isKnown: boolean;
  start: number;
}

class Nodes {
  readonly #parents = new Map<string, string>();
  readonly #nodes = new Map<string, Node>();

  constructor(known: readonly KnownIncident[]) {
    for (const { id, alerts, isTold } of known) {
      const start = Math.min(...alerts.map(startOf), Infinity);
      this.#nodes.set(id, { name: id, isTold, isKnown: true, start });
    }
  }

  add(alert: Alert): void {
    if (this.#nodes.has(alert.id)) return; // what it began with was withdrawn and is back
    this.#nodes.set(alert.id, { name: alert.id, isTold: false, isKnown: false, start: startOf(alert) });
  }

  nameOf(id: string): string {
    return this.#nodes.get(this.#rootOf(id))!.name;
  }

  /** Whether two are not one yet, and may become it. */
  canMeet(a: string, b: string): boolean {
    const [one, other] = [this.#rootOf(a), this.#rootOf(b)];
    return one !== other && !(this.#nodes.get(one)!.isTold && this.#nodes.get(other)!.isTold);
  }

  /** Makes two one: it is called as people know it, then as it is kept, then by what began first. */
  unite(a: string, b: string): void {
    const [one, other] = [this.#rootOf(a), this.#rootOf(b)].map((id) => [id, this.#nodes.get(id)!] as const)
      .sort(([, x], [, y]) =>
        Number(y.isTold) - Number(x.isTold) || Number(y.isKnown) - Number(x.isKnown) || x.start - y.start ||
        (x.name < y.name ? -1 : 1)
      );
    this.#parents.set(other[0], one[0]);
    one[1].start = Math.min(one[1].start, other[1].start);
  }

  #rootOf(id: string): string {
    let root = id;
    for (let parent = this.#parents.get(root); parent !== undefined; parent = this.#parents.get(root)) {
      root = parent;
    }
    return root;
  }
}

function startOf({ start }: Alert): number {
  return start ?? Number.MAX_VALUE;
}
