/**
 * What a stored alert says, for those who look at what was found: which trouble, how severe, what it was about.
 *
 * @module
 */
import { THREAT_SEVERITIES, type ThreatSeverity } from "../detector/threat/threat_detector.ts";
import { reasonKey } from "../explain/explain.ts";
import type { Reason } from "../explain/reason.ts";
import { reasonTitle } from "../explain/reason_title.ts";
import { savedFields } from "../record/saved_fields.ts";
import { numberText } from "../table/figures.ts";
import { alertsNamed } from "./named_alerts.ts";
import type { StoredAlert } from "./rows.ts";

const { amount, arrayOf, fieldsOf, integer, refuse, text } = savedFields("an alert");

/** Severities of alerts, the mildest first. */
export const ALERT_SEVERITIES = THREAT_SEVERITIES;

/** What an alert says. Times are ms since the epoch, NaN where its lines have none. */
export interface AlertFacts {
  id: string;
  stream: string;
  service: string;
  /** What its windows are. */
  kind: "session" | "window";
  severity: ThreatSeverity;
  start: number;
  end: number;
  /** Anomalous windows, and records in them. */
  windows: number;
  records: number;
  /** Highest score as times its threshold. */
  ratio: number;
  /** What it is about, one line, redacted. */
  title: string;
  /** The most telling reasons of all its windows. */
  reasons: Reason[];
}

/**
 * What a stored alert says.
 *
 * @throws {TypeError} if its body lacks something or is of another shape.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { alertFacts } from "./alert_facts.ts";
 *
 * const reason = { detector: "total", kind: "total", id: "", title: "all events", share: 1, actual: 0, expected: 130,
 *   firstSeen: null, example: "" };
 * const body = JSON.stringify({ service: "db", kind: "window", severity: "high", windows: 2, records: 0, score: 6, threshold: 2,
 *   headline: "total:", reasons: [reason] });
 * const { ratio, title } = alertFacts({ id: "a1", stream: "shop", status: "closed", start: 0, end: 600_000, body });
 * assert.deepEqual([ratio, title], [3, "All records: 0 instead of 130"]);
 * ```
 */
export function alertFacts({ id, stream, start, end, body }: StoredAlert): AlertFacts {
  const path = `alert ${id}`, fields = fieldsOf(JSON.parse(body), path);
  const reasons = arrayOf(fields.reasons, `${path}.reasons`, (reason, at) => {
    fieldsOf(reason, at);
    return reason as Reason;
  });
  return {
    ...{ id, stream, start, end },
    service: text(fields.service, `${path}.service`),
    kind: fields.kind === "session" ? "session" : "window",
    severity: ALERT_SEVERITIES.find((one) => one === fields.severity) ??
      refuse(`${path}.severity`, `one of ${ALERT_SEVERITIES.join(", ")}`, fields.severity),
    windows: integer(fields.windows, `${path}.windows`),
    records: integer(fields.records, `${path}.records`),
    ratio: amount(fields.score, `${path}.score`) / amount(fields.threshold, `${path}.threshold`),
    title: titleOf(reasons, text(fields.headline, `${path}.headline`)),
    reasons,
  };
}

/** Kinds of reasons whose title says what was counted, but not what came of it. */
const COUNTED: ReadonlySet<Reason["kind"]> = new Set(["total", "level", "other"]);

function titleOf(reasons: readonly Reason[], headline: string): string {
  const leading = reasons.find((reason) => reasonKey(reason) === headline) ?? reasons[0];
  if (leading === undefined) return "anomalous";
  const { kind, actual, expected, note = "" } = leading, title = reasonTitle(leading);
  if (kind === "source" && note !== "") return `${title}: ${note}`;
  const isLess = (kind === "template" || kind === "unseen") && actual < expected;
  const counts = `: ${numberText(actual, 2)} instead of ${numberText(expected, 2)}`;
  return COUNTED.has(kind) || isLess ? `${title}${counts}` : title;
}

/**
 * The alerts that an incident is told by: those that are named; where none is, the weightiest one and those that overlap it in
 * time.
 *
 * @param alerts All there are; those without windows any more are passed over.
 * @param wanted Identities, or beginnings of them that only one has.
 * @returns Earliest first.
 * @throws {RangeError} if there is no alert, none of such an identity, or several.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type AlertFacts, incidentAlerts } from "./alert_facts.ts";
 *
 * const alert = (id: string, start: number, ratio: number): AlertFacts => ({
 *   ...{ id, stream: "shop", service: "db", kind: "window", severity: "high", start, end: start + 10, windows: 1, records: 9 },
 *   ...{ ratio, title: "", reasons: [] },
 * });
 * const alerts = [alert("a1", 0, 3), alert("b2", 5, 9), alert("c3", 90, 2)];
 * assert.deepEqual(incidentAlerts(alerts, []).map(({ id }) => id), ["a1", "b2"]);
 * assert.deepEqual(incidentAlerts(alerts, ["c"]).map(({ id }) => id), ["c3"]);
 * assert.throws(() => incidentAlerts(alerts, ["d"]), /no alert begins with d; the latest are c3, b2, a1/);
 * ```
 */
export function incidentAlerts(alerts: readonly AlertFacts[], wanted: readonly string[]): AlertFacts[] {
  const known = alerts.filter(({ windows }) => windows > 0).sort((a, b) =>
    a.start - b.start || (a.id < b.id ? -1 : 1)
  );
  if (known.length === 0) throw new RangeError("Cannot tell an incident: there is no alert");
  if (wanted.length > 0) {
    const named = new Set(wanted.map((name) => alertNamed(name, known)));
    return known.filter((alert) => named.has(alert));
  }
  const order = ({ severity }: AlertFacts) => ALERT_SEVERITIES.indexOf(severity);
  const [main] = [...known].sort((a, b) => order(b) - order(a) || b.ratio - a.ratio);
  return known.filter((alert) => alert === main || (alert.start < endOf(main) && endOf(alert) > main.start));
}

/** The first time behind an alert, ms: a session ends with its last record, which is in it. */
function endOf({ kind, end }: Pick<AlertFacts, "kind" | "end">): number {
  return kind === "session" ? end + 1 : end;
}

/**
 * The time of an incident, ms, `from <= time < to`: all its alerts that have times, with the last records of sessions.
 *
 * @throws {RangeError} if none of them has times.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { incidentSpan } from "./alert_facts.ts";
 *
 * const sessions = [{ id: "a1", kind: "session" as const, start: 5, end: 5 }, { id: "b2", kind: "session" as const, start: 2, end: 3 }];
 * assert.deepEqual(incidentSpan(sessions), { from: 2, to: 6 });
 * ```
 */
export function incidentSpan(
  alerts: readonly Pick<AlertFacts, "id" | "kind" | "start" | "end">[],
): { from: number; to: number } {
  const timed = alerts.filter(({ start, end }) => Number.isFinite(start) && Number.isFinite(end));
  if (timed.length === 0) {
    const names = alerts.map(({ id }) => id).join(", ");
    throw new RangeError(`Cannot tell an incident: the records of its alerts have no times, got ${names}`);
  }
  return {
    from: Math.min(...timed.map(({ start }) => start)),
    to: Math.max(...timed.map(endOf)),
  };
}

/** Alerts that a message names. */
const LATEST = 5;

function alertNamed(name: string, alerts: readonly AlertFacts[]): AlertFacts {
  const found = alertsNamed(name, alerts), idsOf = (some: readonly AlertFacts[]) => some.map(({ id }) => id);
  if (found.length === 1) return found[0];
  if (found.length > 1) {
    const names = idsOf(found.slice(0, LATEST)).join(" or ");
    throw new RangeError(`Cannot tell an incident: ${name} may be ${names}`);
  }
  const latest = idsOf(alerts.toSorted((a, b) => b.start - a.start).slice(0, LATEST)).join(", ");
  throw new RangeError(`Cannot tell an incident: no alert begins with ${name}; the latest are ${latest}`);
}
