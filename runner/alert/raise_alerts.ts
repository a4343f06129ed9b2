/**
 * Verdicts → alerts.
 *
 * An alert is opened by an anomalous window that continues no open alert, goes on while anomalous windows follow closely,
 * and is closed when nothing can change it any more:
 *
 * ```
 *             anomalous, no alert near            nothing can change it any more,
 *                  ┌──────────┐                   or all its windows became normal
 * ─── verdict ────▶│  firing  │──────────────────────────────▶ closed
 *                  └──────────┘
 *                    ▲      │ anomalous, near: one more window
 *                    └──────┘ judged anew: its window is replaced, or taken out when it became normal
 * ```
 *
 * *Near* is a gap of at most two windows of the same service, or for sessions 15 minutes between ends and the same leading
 * reason. The outcome depends on the verdicts and their order alone, never on how they were cut into runs.
 *
 * @module
 */
import type { Reason, Verdict } from "../../lib/mod.ts";
import { type Alert, causeOf, newAlert } from "./alert.ts";
import { type Member, memberOf } from "./evidence.ts";
import { levelOfReason } from "./severity.ts";
import { groupOf, WorkingAlert } from "./working_alert.ts";

/** Windows without an anomaly that an alert outlasts. */
const QUIET_WINDOWS = 2;
/** Time between the ends of two sessions of one alert, in ms. */
const SESSION_GAP = 900_000;

/** What {@linkcode raiseAlerts} must know about the stream. */
export interface AlertContext {
  /** Name of the line of models that judged. */
  lineage: string;
  /** Length of the stream's time windows, ms. */
  window: number;
  /**
   * How long after its end a window can still be judged anew, ms: allowed lateness, and for sessions the idle time as well.
   * A value that is too large only keeps alerts open longer.
   */
  retention: number;
  /** Time that the stream has reached, ms since the epoch; `Infinity` at the end of a one-off run. */
  watermark: number;
  /** Level of a reason's template as OpenTelemetry `SeverityNumber`; default: known for reasons about levels only. */
  levelOf?: (reason: Reason) => number;
}

/** What {@linkcode raiseAlerts} hands back, both in the order in which alerts were opened. */
export interface RaisedAlerts {
  /** Alerts that are new or changed, to be stored. */
  alerts: Alert[];
  /** Those among them that a person must be told of. */
  opened: Alert[];
}

/**
 * Carries the alerts of one stream on by its next verdicts.
 *
 * @param verdicts All verdicts of the stream since the last call, normal ones too, in the order of their windows' closing.
 * @param open The stream's alerts that are firing.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { raiseAlerts } from "./raise_alerts.ts";
 *
 * const verdict = { stream: "shop", key: "shop@a", kind: "window" as const, service: "shop", start: 0, end: 300_000,
 *   lines: 9, score: 4, threshold: 1, anomalous: true, reasons: [] };
 * const context = { lineage: "m1", window: 300_000, retention: 3_600_000, watermark: 300_000 };
 * const first = raiseAlerts([verdict], [], context);
 * const next = { ...verdict, key: "shop@b", start: 300_000, end: 600_000 };
 * const second = raiseAlerts([next], first.alerts, { ...context, watermark: 600_000 });
 * assert(first.opened.length === 1 && second.opened.length === 0 && second.alerts[0].windows === 2);
 * ```
 */
export function raiseAlerts(
  verdicts: readonly Verdict[],
  open: readonly Alert[],
  context: AlertContext,
): RaisedAlerts {
  const working = new OpenAlerts(open, context);
  for (const verdict of verdicts) working.take(verdict);
  return working.finish();
}

class OpenAlerts {
  #alerts = new Map<string, WorkingAlert>(); // by id, in order of opening
  #holders = new Map<string, WorkingAlert>(); // by window key
  #groups = new Map<string, WorkingAlert[]>(); // by what their windows have in common

  constructor(open: readonly Alert[], private readonly context: AlertContext) {
    for (const alert of open) {
      const working = this.#add(new WorkingAlert(alert));
      for (const member of alert.evidence.members) this.#holders.set(member.key, working);
    }
  }

  take(verdict: Verdict): void {
    const holder = this.#holders.get(verdict.key);
    if (!verdict.anomalous) {
      holder?.remove(verdict.key);
      this.#holders.delete(verdict.key);
      return;
    }
    const levelOf = this.context.levelOf ?? levelOfReason;
    const member = memberOf(verdict, Math.max(0, ...verdict.reasons.map((reason) => levelOf(reason))));
    if (holder !== undefined) return holder.replace(member);
    const alert = this.#near(verdict, member) ?? this.#open(verdict);
    this.#holders.set(verdict.key, alert);
    alert.add(member);
  }

  finish(): RaisedAlerts {
    const { watermark, retention } = this.context;
    const all = [...this.#alerts.values()];
    const opened = new Set(all.filter((alert) => alert.isNew).map((alert) => alert.id));
    const alerts = all.flatMap((alert) => {
      const over = alert.from === undefined || this.#isOver(alert);
      return over || alert.changed ? [alert.finish(watermark - retention, over)] : [];
    });
    return { alerts, opened: alerts.filter((alert) => opened.has(alert.id) && alert.windows > 0) };
  }

  #add(alert: WorkingAlert): WorkingAlert {
    this.#alerts.set(alert.id, alert);
    const group = this.#groups.get(alert.group);
    if (group === undefined) this.#groups.set(alert.group, [alert]);
    else group.push(alert);
    return alert;
  }

  /** A new alert, or the one of this identity whose windows all became normal. */
  #open(verdict: Verdict): WorkingAlert {
    const fresh = newAlert(verdict, this.context.lineage);
    return this.#alerts.get(fresh.id) ?? this.#add(new WorkingAlert(fresh, true));
  }

  #near(verdict: Verdict, member: Member): WorkingAlert | undefined {
    const gap = verdict.kind === "session" ? SESSION_GAP : QUIET_WINDOWS * this.context.window;
    return this.#groups.get(groupOf(verdict.kind, verdict.service, causeOf(verdict)))
      ?.filter((alert) => alert.isNear(member, gap))
      .reduce<WorkingAlert | undefined>((a, b) => a === undefined || b.isEarlierThan(a) ? b : a, undefined);
  }

  /** Whether no window that may still come can join the alert or be one of its own. */
  #isOver(alert: WorkingAlert): boolean {
    const { window, retention, watermark } = this.context;
    const reach = alert.kind === "session" ? SESSION_GAP : (QUIET_WINDOWS + 1) * window;
    return watermark === Infinity || (alert.to ?? Infinity) + reach + retention < watermark;
  }
}
