/**
 * Which alerts a rule is about: silences, routes, what inhibits what.
 *
 * @module
 */
import type { Reason } from "../../lib/mod.ts";
import { reasonTitle } from "../../lib/mod.ts";
import { ALERT_KINDS } from "../config/alert_names.ts";
import { type Alert, headlineOf } from "./alert.ts";
import { compareSeverity, type Severity } from "./severity.ts";

/** One of {@linkcode ALERT_KINDS}. */
export type AlertKind = typeof ALERT_KINDS[number];

/** What a rule asks for; what it does not name may be anything. Plain data. */
export interface Matcher {
  /** Identities, or beginnings of them. */
  alert?: string;
  incident?: string;
  /** Names; `*` stands for any characters. */
  stream?: string;
  service?: string;
  /** Id of the template that the headline is about, or its text. */
  template?: string;
  kind?: AlertKind;
  severity?: Severity;
}

/** An alert and the incident that it belongs to. */
export interface Subject {
  alert: Alert;
  incident: string;
}

const KINDS: Record<Exclude<Reason["kind"], "input">, AlertKind> = {
  ...{ unseen: "new", template: "template", order: "order", value: "value", total: "volume", level: "level" },
  ...{ source: "threat", other: "other" },
};

/** What an alert is about, by its headline. */
export function kindOfAlert(alert: Alert): AlertKind {
  const headline = headlineOf(alert);
  if (headline === undefined) return "other";
  return headline.kind === "input" ? inputKind(headline) : KINDS[headline.kind];
}

/** What is the matter with an input is named by what found it. */
function inputKind({ detector }: Reason): AlertKind {
  return ALERT_KINDS.find((kind) => kind === detector) ?? "other";
}

/**
 * Whether a rule is about an alert.
 *
 * @param severity Whether the rule means its severity and what is above (`least`) or below (`most`).
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { matches } from "./matcher.ts";
 * import { raiseAlerts } from "./raise_alerts.ts";
 *
 * const verdict = { stream: "shop", key: "db@a", kind: "window" as const, service: "db-7", start: 0, end: 300_000,
 *   lines: 9, score: 4, threshold: 1, anomalous: true, reasons: [] };
 * const context = { lineage: "m1", window: 300_000, retention: 0, watermark: 0 };
 * const [alert] = raiseAlerts([verdict], [], context).opened, subject = { alert, incident: alert.id };
 * assert.equal(alert.severity, "medium");
 * assert.equal(matches({ service: "db-*", severity: "high" }, subject, "most"), true);
 * assert.equal(matches({ service: "db-*", severity: "high" }, subject, "least"), false);
 * ```
 */
export function matches(rule: Matcher, { alert, incident }: Subject, severity: "least" | "most"): boolean {
  const { template, kind } = rule, sign = severity === "least" ? 1 : -1;
  return begins(alert.id, rule.alert) && begins(incident, rule.incident) &&
    isNamed(alert.stream, rule.stream) && isNamed(alert.service, rule.service) &&
    (kind === undefined || kindOfAlert(alert) === kind) &&
    (template === undefined || isAbout(alert, template)) &&
    (rule.severity === undefined || sign * compareSeverity(alert.severity, rule.severity) >= 0);
}

/** A rule in words: `service db, severity high`. */
export function matcherText(rule: Matcher): string {
  return Object.entries(rule).filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name} ${value}`).join(", ");
}

/** What an alert's headline is about, for a rule about more of the same. */
export function sameAgain(alert: Alert): Matcher {
  const { stream, service } = alert, headline = headlineOf(alert), kind = kindOfAlert(alert);
  const isTemplate = headline !== undefined && (kind === "new" || kind === "template");
  return { stream, service, ...isTemplate ? { template: headline.id } : { kind } };
}

function begins(id: string, beginning: string | undefined): boolean {
  return beginning === undefined || id.startsWith(beginning);
}

function isNamed(name: string, pattern: string | undefined): boolean {
  if (pattern === undefined || pattern === name) return true;
  if (!pattern.includes("*")) return false;
  const parts = pattern.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "s").test(name);
}

function isAbout(alert: Alert, template: string): boolean {
  const headline = headlineOf(alert);
  if (headline === undefined || (headline.kind !== "unseen" && headline.kind !== "template")) return false;
  return headline.id === template || headline.title === template || reasonTitle(headline) === template;
}
