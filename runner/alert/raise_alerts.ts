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
import type { Reason, Verdict } from "../../lib/explain/reason.ts";
import { type Alert, causeOf, newAlert, withEvidence } from "./alert.ts";
import { memberOf, placeOf, settle, summarise, withMember, withoutMember } from "./evidence.ts";
import { levelOfReason } from "./severity.ts";

/** Windows without an anomaly that an alert outlasts. */
const QUIET_WINDOWS = 2;
/** Time between the ends of two sessions of one alert, in ms. */
const SESSION_GAP = 900_000;
/** Windows of an alert that are kept one by one at the most, however late lines may come. */
const MOST_MEMBERS = 500;

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
 * import { raiseAlerts } from "./raise_alerts.ts";
 *
 * const verdict = { stream: "shop", key: "shop@a", kind: "window" as const, service: "shop", start: 0, end: 300_000,
 *   lines: 9, score: 4, threshold: 1, anomalous: true, reasons: [] };
 * const context = { lineage: "m1", window: 300_000, retention: 3_600_000, watermark: 300_000 };
 * const first = raiseAlerts([verdict], [], context);
 * const next = { ...verdict, key: "shop@b", start: 300_000, end: 600_000 };
 * const second = raiseAlerts([next], first.alerts, { ...context, watermark: 600_000 });
 * console.assert(first.opened.length === 1 && second.opened.length === 0 && second.alerts[0].windows === 2);
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
  #alerts = new Map<string, Alert>(); // by id, in order of opening
  #holders = new Map<string, string>(); // window key → id of the alert that holds it
  #changed = new Set<string>();
  #opened = new Set<string>();

  constructor(open: readonly Alert[], private readonly context: AlertContext) {
    for (const alert of open) {
      this.#alerts.set(alert.id, alert);
      for (const member of alert.evidence.members) this.#holders.set(member.key, alert.id);
    }
  }

  take(verdict: Verdict): void {
    const holder = this.#alerts.get(this.#holders.get(verdict.key) ?? "");
    if (!verdict.anomalous) {
      if (holder === undefined) return;
      this.#holders.delete(verdict.key);
      this.#put(withEvidence(holder, withoutMember(holder.evidence, verdict.key)));
      return;
    }
    const alert = holder ?? this.#near(verdict) ?? this.#open(verdict);
    if (holder === undefined && isSettledBy(alert, verdict)) return;
    const levelOf = this.context.levelOf ?? levelOfReason;
    const level = Math.max(0, ...verdict.reasons.map((reason) => levelOf(reason)));
    this.#holders.set(verdict.key, alert.id);
    this.#put(withEvidence(alert, withMember(alert.evidence, memberOf(verdict, level))));
  }

  finish(): RaisedAlerts {
    for (const [id, alert] of this.#alerts) {
      if (alert.windows === 0 || this.#isOver(alert)) this.#put(closed(alert));
      else if (this.#changed.has(id)) this.#alerts.set(id, this.#settled(alert));
    }
    const pick = (ids: Set<string>) => [...this.#alerts.values()].filter((alert) => ids.has(alert.id));
    return { alerts: pick(this.#changed), opened: pick(this.#opened).filter((alert) => alert.windows > 0) };
  }

  #put(alert: Alert): void {
    this.#alerts.set(alert.id, alert);
    this.#changed.add(alert.id);
  }

  #open(verdict: Verdict): Alert {
    const fresh = newAlert(verdict, this.context.lineage);
    const known = this.#alerts.get(fresh.id); // all its windows became normal, and now the first is anomalous again
    this.#opened.add(fresh.id);
    return known ?? fresh;
  }

  #near(verdict: Verdict): Alert | undefined {
    const cause = causeOf(verdict);
    let found: Alert | undefined;
    for (const alert of this.#alerts.values()) {
      const alike = alert.windows > 0 && alert.kind === verdict.kind && alert.cause === cause &&
        (verdict.kind === "session" || alert.service === verdict.service);
      if (alike && this.#isNear(alert, verdict) && (found === undefined || isEarlier(alert, found))) found = alert;
    }
    return found;
  }

  #isNear(alert: Alert, verdict: Verdict): boolean {
    const { from, to } = summarise(alert.evidence, alert.kind)!;
    const [start, end] = placeOf(verdict.kind, memberOf(verdict, 0));
    if (from === null || to === null || start === null || end === null) return from === start;
    const gap = verdict.kind === "session" ? SESSION_GAP : QUIET_WINDOWS * this.context.window;
    return start - to <= gap && from - end <= gap;
  }

  /** Whether no window that may still come can join the alert or be one of its own. */
  #isOver(alert: Alert): boolean {
    const { window, retention, watermark } = this.context;
    const reach = alert.kind === "session" ? SESSION_GAP : (QUIET_WINDOWS + 1) * window;
    return watermark === Infinity || (alert.end !== null && alert.end + reach + retention < watermark);
  }

  #settled(alert: Alert): Alert {
    const before = this.context.watermark - this.context.retention;
    return { ...alert, evidence: settle(alert.kind, alert.evidence, before, MOST_MEMBERS) };
  }
}

/** Whether the alert has already added up what lies at the verdict's time, so that it can't be counted again. */
function isSettledBy(alert: Alert, verdict: Verdict): boolean {
  const end = alert.evidence.settled?.end ?? null;
  return end !== null && verdict.end <= end && alert.evidence.members.length >= MOST_MEMBERS;
}

function isEarlier(a: Alert, b: Alert): boolean {
  return a.start === b.start ? a.id < b.id : (a.start ?? Infinity) < (b.start ?? Infinity);
}

function closed(alert: Alert): Alert {
  return { ...alert, status: "closed", evidence: settle(alert.kind, alert.evidence, Infinity, 0) };
}
