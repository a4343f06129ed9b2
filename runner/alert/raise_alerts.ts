/**
 * Verdicts → alerts.
 *
 * An alert is opened by an anomalous window that continues no open alert, goes on while anomalous windows follow closely,
 * is resolved when it was quiet for so long that nothing in order can continue it, and closed when nothing at all can:
 *
 * ```
 *            anomalous,   ┌───────────┐  n of m windows,  ┌──────────┐     quiet      ┌────────────┐
 *          no alert near  │  pending  │  or severe        │  firing  │───────────────▶│  resolved  │
 * ── verdict ────────────▶│           │──────────────────▶│          │◀───────────────│            │
 *                         └───────────┘                   └──────────┘  a late window └────────────┘
 *                               │                          ▲      │     brings it on       │
 *                               │                          └──────┘                        │ nothing can change it any more, or
 *                               │             one more window; one is judged anew, or      │ all its windows became normal
 *                               ▼             taken out when it became normal              ▼
 *                             closed                                                    closed
 * ```
 *
 * *Near* is a gap of at most two windows of the same service, or for sessions 15 minutes between ends and the same leading
 * reason. *Quiet* is the same in time that has passed without one: an alert outlasts two windows without an anomaly, and only a third
 * resolves it (for sessions, 15 minutes and the time after which one is taken for ended). All of it is by the time in the lines: the
 * state of an alert follows from its windows and from how far its stream has come, and from nothing else.
 *
 * *A second cause is not swallowed.* Windows of a service that follow each other closely are one trouble, and a trouble has
 * an alert for each cause that a person must hear of. A window opens a further one when what leads it is news to the trouble:
 * an error that came more often than expected, or a template that training has not seen (unless its level is debug or info,
 * as that of a deployment's new messages), and that was among the reasons of none of its windows. Reasons that only
 * change places are no news, nor is a template that stays away, and a trouble has at most four alerts; what is too much goes
 * on in the earliest. Such windows can still make their alert more severe, and a person hears of that: with the title of
 * the window that is worst now. When they hear of what is another matter, see `life.ts`.
 *
 * The outcome depends on the verdicts and their order alone, never on how they were cut into runs. How many steps of severity
 * are told apart does depend on it: verdicts that come in one go are told in one go.
 *
 * @module
 */
import type { Reason, Verdict } from "../../lib/mod.ts";
import { type Alert, newAlert } from "./alert.ts";
import { causeId, causeOf, isNews, leadingReason, type LevelOf, worstLevel } from "./cause.ts";
import { type Member, memberOf } from "./evidence.ts";
import { compareSeverity, levelOfReason, type Severity } from "./severity.ts";
import { Trouble } from "./trouble.ts";
import { groupOf, type Pending, WorkingAlert } from "./working_alert.ts";

/** Windows without an anomaly that an alert outlasts. */
const QUIET_WINDOWS = 2;
/** Time between the ends of two sessions of one alert, in ms. */
const SESSION_GAP = 900_000;
/** Alerts that one trouble of a service can have. */
const MOST_CAUSES = 4;

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
  /** How long a session is waited for after its last record, ms; default: it is not. */
  idle?: number;
  /** Windows that an alert needs before people hear of it: so many of so many in a row; default: one. */
  pending?: { windows: number; of: number };
  /** Time up to which all windows are judged, ms since the epoch; `Infinity` at the end of a one-off run. */
  watermark: number;
  /** Level of a reason's template as OpenTelemetry `SeverityNumber`; default: known for reasons about levels only. */
  levelOf?: LevelOf;
}

/** An alert that has become more severe than it was. */
export interface WorseAlert {
  alert: Alert;
  was: Severity;
}

/** What {@linkcode raiseAlerts} hands back, both in the order in which alerts were opened. */
export interface RaisedAlerts {
  /** Alerts that are new or changed, to be stored. */
  alerts: Alert[];
  /** Those among them that a person must be told of, and that were not there, or pending, before. */
  opened: Alert[];
  /** Those that people were to hear of before and that went on: windows came to them, or changed. */
  continued: Alert[];
  /** Those that went on and have become more severe: a person must be told again. */
  worse: WorseAlert[];
  /** Which alert each anomalous window of these verdicts belongs to, by the windows' keys. */
  holders: Map<string, string>;
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

/** What the reasons of a window come to. */
interface Trace {
  leading: Reason | undefined;
  cause: string;
  level: number;
}

class OpenAlerts {
  #alerts = new Map<string, WorkingAlert>(); // by id, in order of opening
  #holders = new Map<string, WorkingAlert>(); // by window key
  #taken = new Map<string, string>(); // identities of alerts by keys of the windows that were taken
  #groups = new Map<string, Map<string, Trouble>>(); // by what their windows have in common, then by identity

  /** Windows with equal counts share their reasons, and there can be thousands of them. */
  readonly #traces = new Map<readonly Reason[], Trace>();
  readonly #levelOf: LevelOf;

  readonly #pending: Pending;

  constructor(open: readonly Alert[], private readonly context: AlertContext) {
    this.#levelOf = context.levelOf ?? levelOfReason;
    this.#pending = { ...context.pending ?? { windows: 1, of: 1 }, length: context.window };
    for (const alert of open) {
      const working = this.#add(new WorkingAlert(alert, this.#pending));
      for (const member of alert.evidence.members) this.#holders.set(member.key, working);
    }
  }

  take(verdict: Verdict): void {
    const holder = this.#holders.get(verdict.key);
    if (!verdict.anomalous) {
      holder?.remove(verdict.key);
      this.#holders.delete(verdict.key);
      this.#taken.delete(verdict.key);
      return;
    }
    const { leading, cause, level } = this.#traceOf(verdict.reasons),
      member = memberOf(verdict, level, leading);
    if (holder !== undefined) {
      this.#taken.set(verdict.key, holder.id);
      return holder.replace(member);
    }
    const trouble = this.#near(verdict, member, cause);
    const alert = trouble === undefined
      ? this.#open(verdict, cause)
      : this.#goesOn(trouble, verdict, leading) ?? this.#open(verdict, cause, trouble.id);
    this.#holders.set(verdict.key, alert);
    this.#taken.set(verdict.key, alert.id);
    alert.add(member);
  }

  finish(): RaisedAlerts {
    const { watermark, retention } = this.context;
    const alerts: Alert[] = [], opened: Alert[] = [], continued: Alert[] = [], worse: WorseAlert[] = [];
    for (const working of this.#alerts.values()) {
      const status = this.#statusOf(working);
      if (status === working.statusBefore && !working.changed) continue;
      const alert = working.finish(watermark - retention, status), was = working.severityBefore;
      alerts.push(alert);
      if (alert.windows === 0 || !alert.fired) continue;
      if (!working.firedBefore) opened.push(alert);
      else if (working.changed) continued.push(alert);
      if (working.firedBefore && compareSeverity(alert.severity, was) > 0) worse.push({ alert, was });
    }
    return { alerts, opened, continued, worse, holders: this.#taken };
  }

  #traceOf(reasons: readonly Reason[]): Trace {
    const known = this.#traces.get(reasons);
    if (known !== undefined) return known;
    const leading = leadingReason(reasons, this.#levelOf), level = worstLevel(reasons, this.#levelOf);
    const trace = { leading, cause: causeOf(leading), level };
    this.#traces.set(reasons, trace);
    return trace;
  }

  #add(alert: WorkingAlert): WorkingAlert {
    this.#alerts.set(alert.id, alert);
    this.#troubleOf(alert).add(alert);
    return alert;
  }

  #troubleOf({ group, trouble }: WorkingAlert): Trouble {
    let troubles = this.#groups.get(group);
    if (troubles === undefined) this.#groups.set(group, troubles = new Map());
    let found = troubles.get(trouble);
    if (found === undefined) troubles.set(trouble, found = new Trouble(trouble));
    return found;
  }

  /** A new alert, or the one of this identity whose windows all became normal. */
  #open(verdict: Verdict, cause: string, trouble?: string): WorkingAlert {
    const fresh = newAlert(verdict, { lineage: this.context.lineage, cause });
    const emptied = this.#alerts.get(fresh.id), alert = emptied ?? new WorkingAlert(fresh, this.#pending);
    if (emptied !== undefined) this.#troubleOf(emptied).remove(emptied);
    alert.trouble = trouble ?? fresh.id;
    return this.#add(alert);
  }

  /** The earliest trouble that the window is near to. */
  #near({ kind, service }: Verdict, member: Member, cause: string): Trouble | undefined {
    const gap = kind === "session" ? SESSION_GAP : QUIET_WINDOWS * this.context.window;
    let earliest: Trouble | undefined;
    for (const trouble of this.#groups.get(groupOf(kind, service, cause))?.values() ?? []) {
      if (!trouble.isNear(kind, member, gap)) continue;
      if (earliest === undefined || trouble.isEarlierThan(earliest)) earliest = trouble;
    }
    return earliest;
  }

  /**
   * The alert of a trouble that a near window goes on with: the earliest that knows what leads it, else any of its reasons,
   * else any; `undefined` where it is news and worth one of its own.
   */
  #goesOn(trouble: Trouble, verdict: Verdict, leading: Reason | undefined): WorkingAlert | undefined {
    if (verdict.kind === "session" || leading === undefined) return trouble.earliest;
    const { alerts } = trouble;
    const knowing = alerts.find((alert) => alert.knows(causeId(leading)));
    if (knowing !== undefined) return knowing;
    if (alerts.length < MOST_CAUSES && isNews(leading, this.#levelOf)) return undefined;
    return alerts.find((alert) => verdict.reasons.some((reason) => alert.knows(causeId(reason)))) ??
      alerts[0];
  }

  #statusOf(alert: WorkingAlert): Alert["status"] {
    const { retention, idle = 0 } = this.context;
    if (alert.from === undefined || this.#isQuiet(alert, retention)) return "closed";
    if (!alert.fired) return "pending";
    return this.#isQuiet(alert, alert.kind === "session" ? idle : 0) ? "resolved" : "firing";
  }

  /** Whether no window can join the trouble or be one of its own that comes no later than so long after its end, ms. */
  #isQuiet(alert: WorkingAlert, later: number): boolean {
    const { window, watermark } = this.context, to = this.#troubleOf(alert).to ?? Infinity;
    if (watermark === Infinity) return true;
    return alert.kind === "session"
      ? to + SESSION_GAP + later < watermark
      : to + (QUIET_WINDOWS + 1) * window + later <= watermark;
  }
}
