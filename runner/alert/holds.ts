/**
 * What keeps an alert back: silences, maintenance, deployments, suppressions, other alerts.
 *
 * Silences hold by the clock of the person who said so. Everything else that lasts for a span of time holds by the time in the lines:
 * an alert that lies within is never told; one that reaches over its end is told when the span is over.
 *
 * @module
 */
import type { StoredMute } from "../../lib/mod.ts";
import { type Alert, headlineOf } from "./alert.ts";
import { kindOfAlert, type Matcher, matches, type Subject } from "./matcher.ts";
import { formatTime, plainLine } from "./plain_text.ts";
import { type Weekly, weeklySpans } from "./weekly.ts";

/** OpenTelemetry `SeverityNumber` of an error. */
const ERROR = 17;

/** Something that people said, as it is kept. */
export interface Mute {
  id: string;
  kind: "silence" | "deployment" | "suppression";
  matcher: Matcher;
  /** ms since the epoch; `null` = until it is ended. */
  start: number;
  end: number | null;
  note: string;
}

/** What people said, as the state keeps it. */
export function muteOf({ id, kind, matcher, start, end, note }: StoredMute): Mute {
  return { id, kind, matcher: JSON.parse(matcher), start, end, note };
}

/** Maintenance that the settings name: a span of time, or one that comes every week. */
export interface Maintenance {
  span?: { from: number; to: number };
  weekly?: Weekly;
  zone: string;
  about: Matcher;
  note: string;
}

/** Alerts that keep others back while they fire. */
export interface Inhibition {
  source: Matcher;
  target: Matcher;
  /** What both must have in common. */
  equal: readonly ("stream" | "service")[];
}

/** All that may keep an alert back. */
export interface HoldRules {
  /** The clock of people, ms since the epoch. */
  now: number;
  /** How far a stream has come, by the time that counts for it. */
  timeOf(stream: string): number;
  /** Length of a stream's time windows, ms. */
  windowOf(stream: string): number;
  mutes: readonly Mute[];
  maintenance: readonly Maintenance[];
  inhibit: readonly Inhibition[];
  suppress: readonly Matcher[];
  /** Alerts that may inhibit others. */
  others: readonly Subject[];
}

/**
 * Why an alert is kept back, in a few words that begin with what does it: `silenced`, `suppressed`, `maintenance`, `deployment`,
 * `inhibited`; empty = nothing does.
 */
export function holdOf(subject: Subject, rules: HoldRules): string {
  return silenced(subject, rules) || suppressed(subject, rules) || inMaintenance(subject, rules) ||
    afterDeployment(subject, rules) || inhibited(subject, rules);
}

/** The latest deployment of the alert's service in whose while it began; `null` = none. */
export function deploymentOf(
  { alert }: Subject,
  { mutes }: Pick<HoldRules, "mutes">,
  window: number,
): Mute | null {
  const { start, stream, service } = alert;
  if (start === null) return null;
  const own = mutes.filter((mute) =>
    mute.kind === "deployment" && isOf(mute.matcher, { stream, service }) &&
    start > mute.start - window && start <= (mute.end ?? Infinity)
  );
  return own.sort((a, b) => b.start - a.start)[0] ?? null;
}

/** A deployment in words: `2026-03-02 14:05 UTC (release 7)`. */
export function deploymentText({ start, note }: Pick<Mute, "start" | "note">): string {
  return `after the deployment of ${formatTime(start)}${note === "" ? "" : ` (${plainLine(note, 100)})`}`;
}

function silenced(subject: Subject, { mutes, now }: HoldRules): string {
  const silence = mutes.find(({ kind, start, end, matcher }) =>
    kind === "silence" && now >= start && now < (end ?? Infinity) && matches(matcher, subject, "most")
  );
  return silence === undefined ? "" : `silenced by ${silence.id}${noteText(silence)}`;
}

function suppressed(subject: Subject, { mutes, now, suppress }: HoldRules): string {
  const own = mutes.find(({ kind, end, matcher }) =>
    kind === "suppression" && now < (end ?? Infinity) && matches(matcher, subject, "most")
  );
  if (own !== undefined) return `suppressed by ${own.id}${noteText(own)}`;
  return suppress.some((rule) => matches(rule, subject, "most")) ? "suppressed by the settings" : "";
}

function inMaintenance(subject: Subject, rules: HoldRules): string {
  const { alert } = subject, now = rules.timeOf(alert.stream);
  const place = { window: rules.windowOf(alert.stream), now };
  for (const { span, weekly, zone, about, note } of rules.maintenance) {
    if (!matches(about, subject, "most")) continue;
    const when = { from: alert.start ?? now, to: (alert.end ?? now) + 1 };
    const spans = span !== undefined ? [span] : weekly === undefined ? [] : weeklySpans(weekly, zone, when);
    if (spans.some((one) => isHeld(alert, one, place))) return `maintenance${noteText({ note })}`;
  }
  return "";
}

/** New messages that are no errors are what a deployment brings. */
function afterDeployment(subject: Subject, rules: HoldRules): string {
  const { alert } = subject, window = rules.windowOf(alert.stream);
  const deployment = deploymentOf(subject, rules, window);
  if (deployment === null || kindOfAlert(alert) !== "new" || (headlineOf(alert)?.level ?? 0) >= ERROR) {
    return "";
  }
  const span = { from: deployment.start, to: deployment.end ?? Infinity };
  return isHeld(alert, span, { window, now: rules.timeOf(alert.stream) })
    ? `deployment of ${formatTime(deployment.start)}${noteText(deployment)}`
    : "";
}

function inhibited(subject: Subject, rules: HoldRules): string {
  const { alert, incident } = subject;
  const place = { window: rules.windowOf(alert.stream), now: rules.timeOf(alert.stream) };
  for (const { source, target, equal } of rules.inhibit) {
    if (!matches(target, subject, "most")) continue;
    const by = rules.others.find((other) =>
      other.incident !== incident && other.alert.fired && other.alert.windows > 0 &&
      equal.every((name) => other.alert[name] === alert[name]) && matches(source, other, "least") &&
      isHeld(alert, spanOf(other.alert, place.window), place)
    );
    if (by !== undefined) return `inhibited by ${by.alert.id}`;
  }
  return "";
}

/** How long an alert keeps others back: while it fires, with a window before and behind. */
function spanOf({ start, end, status }: Alert, window: number): { from: number; to: number } {
  return {
    from: (start ?? -Infinity) - window,
    to: status === "firing" || status === "pending" ? Infinity : (end ?? Infinity) + window,
  };
}

/** Whether a span of time keeps an alert back: while it lasts, and for good where the alert lies within. */
function isHeld(
  alert: Alert,
  { from, to }: { from: number; to: number },
  { window, now }: { window: number; now: number },
): boolean {
  const start = alert.start ?? now, end = alert.end ?? now;
  if (end <= from || start >= to) return false;
  return now < to || (start > from - window && end < to + window);
}

function isOf(matcher: Matcher, { stream, service }: { stream: string; service: string }): boolean {
  return (matcher.stream === undefined || matcher.stream === stream) &&
    (matcher.service === undefined || matcher.service === service);
}

function noteText({ note }: { note: string }): string {
  return note === "" ? "" : ` (${plainLine(note, 100)})`;
}
