/**
 * Alerts → incidents: what belongs to one trouble, with its causes before what followed from them.
 *
 * Two alerts belong together where one of these holds (a window is the length of the stream's time windows):
 *
 * 1. they are of the same service's trouble, see `raise_alerts.ts`, or of the same service with no more than two windows between
 *    them (15 minutes where one is about sessions);
 * 2. the same service has the same headline again within 24 windows;
 * 3. both name the same address, with no more than two windows between them;
 * 4. they begin within the same window, whatever their services;
 * 5. they begin within two windows, and one names the other's service, or both are about errors, or their headlines are equal.
 *
 * A threat is joined with what other services say by its address alone: that somebody scans is not why something fails. An incident
 * is all that is joined so, directly or through others: each alert is in exactly one, whatever their order.
 *
 * @module
 */
import { type Category, rankCauses, type Reason } from "../../lib/mod.ts";
import { type Alert, headlineOf, shownReasons } from "./alert.ts";
import { isDefinite } from "./cause.ts";
import { plainLine } from "./plain_text.ts";
import { compareAlerts, compareSeverity, type Severity } from "./severity.ts";
import { whatOf } from "./wording.ts";

/** Windows between alerts of one trouble, and within which what belongs together begins. */
const NEAR_WINDOWS = 2;
/** Windows within which the same headline of the same service is the same trouble again. */
const AGAIN_WINDOWS = 24;
/** Time between alerts about sessions of one trouble, ms. */
const NEAR_SESSIONS = 900_000;
/** Length of time windows where nobody says, ms. */
const WINDOW = 300_000;
/** OpenTelemetry `SeverityNumber` of an error. */
const ERROR = 17;
/** How much more of a cause an alert is whose service others name, or that an input raised, and how much less one of mere counts. */
const NAMED = 0.3, OF_INPUT = 0.3, INDEFINITE = 0.2;
/** Places that a title names. */
const PLACES = 4;

/** What {@linkcode incidentsOf} is told beside the alerts. */
export interface IncidentOptions {
  /** Length of a stream's time windows, ms; default: five minutes. */
  windowOf?: (stream: string) => number;
  /** What failed by an alert's identity, and how sure that is, 0–1; default: nobody knows. */
  meanings?: ReadonlyMap<string, readonly { kind: Category; percent: number }[]>;
}

/** Alerts that are one trouble. Times are milliseconds since the epoch, `null` where lines have none. */
export interface Incident {
  /** Identity of the alert that it began with. */
  id: string;
  /** At least one; causes before what followed from them. The first one leads. */
  alerts: Alert[];
  /** The highest of its alerts. */
  severity: Severity;
  start: number | null;
  end: number | null;
}

/** What tells whether an alert belongs to others. */
interface Marked {
  alert: Alert;
  window: number;
  headline: Reason | undefined;
  isThreat: boolean;
  isError: boolean;
  addresses: ReadonlySet<string>;
  /** Words of what it says of failures. */
  words: ReadonlySet<string>;
}

/**
 * The incidents that alerts come to, most important first.
 *
 * @param alerts In any order; each identity once.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { incidentsOf } from "./incidents.ts";
 * import { raiseAlerts } from "./raise_alerts.ts";
 *
 * const verdict = { stream: "shop", key: "db@a", kind: "window" as const, service: "db", start: 0, end: 300_000,
 *   lines: 9, score: 4, threshold: 1, anomalous: true, reasons: [] };
 * const context = { lineage: "m1", window: 300_000, retention: 0, watermark: 0 };
 * const { opened } = raiseAlerts([verdict, { ...verdict, service: "web", key: "web@a" }], [], context);
 * assert.deepEqual(incidentsOf(opened).map(({ alerts }) => alerts.length), [2]);
 * ```
 */
export function incidentsOf(alerts: readonly Alert[], options: IncidentOptions = {}): Incident[] {
  const { windowOf = () => WINDOW, meanings = new Map() } = options;
  const marked = alerts.map((alert) => markedOf(alert, windowOf(alert.stream)))
    .sort(({ alert: a }, { alert: b }) => startOf(a) - startOf(b) || (a.id < b.id ? -1 : 1));
  const group = marked.map((_, i) => i);
  const rootOf = (i: number): number => group[i] === i ? i : (group[i] = rootOf(group[i]));
  for (let i = 0; i < marked.length; i++) {
    for (let j = i + 1; j < marked.length; j++) {
      if (belongTogether(marked[i], marked[j])) group[rootOf(j)] = rootOf(i);
    }
  }
  const groups = Map.groupBy(marked, (_, i) => rootOf(i));
  return [...groups.values()].map((own) => incidentOf(own, meanings)).sort(compareIncidents);
}

/**
 * Whether two of these alerts belong together, by their identities.
 *
 * @param alerts Each identity once.
 * @param windowOf Length of a stream's time windows, ms.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { belongingOf } from "./incidents.ts";
 * import { raiseAlerts } from "./raise_alerts.ts";
 *
 * const verdict = { stream: "shop", key: "db@a", kind: "window" as const, service: "db", start: 0, end: 300_000,
 *   lines: 9, score: 4, threshold: 1, anomalous: true, reasons: [] };
 * const context = { lineage: "m1", window: 300_000, retention: 0, watermark: 0 };
 * const { opened: [db, web] } = raiseAlerts([verdict, { ...verdict, service: "web", key: "web@a" }], [], context);
 * assert.equal(belongingOf([db, web], () => 300_000)(db.id, web.id), true);
 * ```
 */
export function belongingOf(
  alerts: readonly Alert[],
  windowOf: (stream: string) => number,
): (one: string, other: string) => boolean {
  const known = new Map(alerts.map((alert) => [alert.id, alert])), marked = new Map<string, Marked>();
  const markOf = (id: string) => {
    let mark = marked.get(id);
    if (mark === undefined) {
      const alert = known.get(id)!;
      marked.set(id, mark = markedOf(alert, windowOf(alert.stream)));
    }
    return mark;
  };
  return (one, other) => belongTogether(markOf(one), markOf(other));
}

/**
 * Alerts of which it is known that they are one incident, causes first.
 *
 * @param id What the incident is called.
 * @param alerts At least one.
 */
export function incidentFrom(id: string, alerts: readonly Alert[], options: IncidentOptions = {}): Incident {
  const { windowOf = () => WINDOW, meanings = new Map() } = options;
  const marked = alerts.map((alert) => markedOf(alert, windowOf(alert.stream)))
    .sort(({ alert: a }, { alert: b }) => startOf(a) - startOf(b) || (a.id < b.id ? -1 : 1));
  return { ...incidentOf(marked, meanings), id };
}

/** Windows between alerts that can be one incident by themselves, and the least time that is, ms. */
export const REACH = { windows: AGAIN_WINDOWS, least: NEAR_SESSIONS };

/**
 * An incident in one line: what leads it, and where else it shows.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { incidentsOf, incidentText } from "./incidents.ts";
 * import { raiseAlerts } from "./raise_alerts.ts";
 *
 * const verdict = { stream: "shop", key: "db@a", kind: "window" as const, service: "db", start: 0, end: 300_000,
 *   lines: 9, score: 4, threshold: 1, anomalous: true, reasons: [] };
 * const context = { lineage: "m1", window: 300_000, retention: 0, watermark: 0 };
 * const { opened } = raiseAlerts([verdict, { ...verdict, service: "web", key: "web@a" }], [], context);
 * assert.match(incidentText(incidentsOf(opened)[0]), /^shop\/(db|web): anomalous; (web|db) affected$/);
 * ```
 */
export function incidentText({ alerts }: Pick<Incident, "alerts">): string {
  const [lead] = alerts;
  const others = [
    ...new Set(alerts.filter(({ service }) => service !== lead.service).map(({ service }) => service)),
  ].sort();
  const shown = others.slice(0, PLACES).map((name) => plainLine(name, 40)).join(", ");
  const more = others.length > PLACES ? ` and ${others.length - PLACES} more` : "";
  return `${placeOf(lead)}: ${whatOf(lead)}${others.length === 0 ? "" : `; ${shown}${more} affected`}`;
}

/** Where an alert is: its stream, and its service where that has another name. */
export function placeOf({ stream, service }: Pick<Alert, "stream" | "service">): string {
  return plainLine(service === stream ? stream : `${stream}/${service}`, 60);
}

function markedOf(alert: Alert, window: number): Marked {
  const headline = headlineOf(alert), reasons = shownReasons(alert);
  const failing = reasons.filter((reason) => isFailure(reason));
  const texts = failing.flatMap(({ title, example }) => [title, example.split(/\s?⏎\s?|\n/, 1)[0]]);
  return {
    ...{ alert, window, headline },
    isThreat: headline?.kind === "source",
    isError: headline !== undefined && isFailure(headline) && (headline.level ?? 0) >= ERROR,
    addresses: new Set(reasons.flatMap(addressesOf)),
    words: new Set(texts.flatMap(wordsOf)),
  };
}

function isFailure({ kind, level = 0, actual, expected }: Reason): boolean {
  return (kind === "unseen" || (kind === "template" && level >= ERROR)) && actual > expected;
}

const ADDRESS =
  /(?<![\w.:])(?:(?:\d{1,3}\.){3}\d{1,3}|(?:[\da-f]{1,4}:){2,7}(?::?[\da-f]{1,4})+)(?![\w.:])/gi;

/** Addresses that a reason is about: who is behind a threat, and what its records mostly have. */
function addressesOf({ kind, title, mostly = [] }: Reason): string[] {
  const texts = [...kind === "source" ? [title] : [], ...mostly.map(({ value }) => value)];
  return texts.flatMap((text) => text.match(ADDRESS) ?? []).map((address) => address.toLowerCase());
}

/** Words and names of hosts: `postgres://db:5432/shop` has `db`. */
function wordsOf(text: string): string[] {
  return text.toLowerCase().split(/[\s=:,;"'`()<>[\]@]+/).flatMap((word) => {
    const plain = word.replace(/^\/\//, "").replace(/\/.*$/, "");
    return plain === "" ? [] : [plain, plain.split(".", 1)[0]];
  });
}

function names({ words }: Marked, { alert: { service } }: Marked): boolean {
  return words.has(service.toLowerCase());
}

function belongTogether(a: Marked, b: Marked): boolean {
  const [one, other] = [a.alert, b.alert],
    isSame = one.stream === other.stream && one.service === other.service;
  if (one.stream === other.stream && one.trouble === other.trouble) return true;
  const gap = gapOf(one, other), window = Math.max(a.window, b.window), near = NEAR_WINDOWS * window;
  if (gap === null) return false;
  const isSessions = one.kind === "session" || other.kind === "session";
  if (isSame && gap <= (isSessions ? Math.max(NEAR_SESSIONS, near) : near)) return true;
  if (isSame && one.headline !== "" && one.headline === other.headline && gap <= AGAIN_WINDOWS * window) {
    return true;
  }
  if (gap <= near && !a.addresses.isDisjointFrom(b.addresses)) return true;
  if (a.isThreat || b.isThreat) return false;
  const apart = Math.abs(startOf(one) - startOf(other));
  if (apart < window) return true;
  return apart <= near &&
    (names(a, b) || names(b, a) || (a.isError && b.isError) ||
      (one.headline !== "" && one.headline === other.headline));
}

/** Time between two alerts, ms, 0 where they overlap; `null` where one has no times. */
function gapOf(a: Alert, b: Alert): number | null {
  if (a.start === null || a.end === null || b.start === null || b.end === null) return null;
  return Math.max(0, a.start - b.end, b.start - a.end);
}

function startOf({ start }: Alert): number {
  return start ?? Number.MAX_VALUE;
}

function incidentOf(own: readonly Marked[], meanings: NonNullable<IncidentOptions["meanings"]>): Incident {
  const earliest = own[0].alert, times = own.flatMap(({ alert: { end } }) => end ?? []);
  return {
    id: earliest.id,
    alerts: inOrder(own, meanings),
    severity: own.map(({ alert }) => alert.severity).reduce((a, b) => compareSeverity(a, b) >= 0 ? a : b),
    start: earliest.start,
    end: times.length === 0 ? null : times.reduce((a, b) => Math.max(a, b)),
  };
}

/** A threat that does harm first, then causes before what followed from them, by {@linkcode rankCauses}. */
function inOrder(own: readonly Marked[], meanings: NonNullable<IncidentOptions["meanings"]>): Alert[] {
  const unknown = { category: "none" as const, confidence: 0, known: false };
  const items = own.map((one) => {
    const [first] = meanings.get(one.alert.id) ?? [];
    const meaning = first === undefined
      ? unknown
      : { category: first.kind, confidence: first.percent / 100, known: true };
    return { one, meaning, firstSeen: one.alert.start, severity: one.headline?.level ?? 0 };
  });
  const ranked = rankCauses(items).map(({ item: { one }, causality }) => ({
    alert: one.alert,
    harm: one.isThreat && compareSeverity(one.alert.severity, "high") >= 0 ? 1 : 0,
    causality: causality + (own.some((other) => isOther(other, one) && names(other, one)) ? NAMED : 0) -
      (says(one) ? 0 : INDEFINITE) + (one.headline?.kind === "input" ? OF_INPUT : 0),
  }));
  return ranked.sort((a, b) =>
    b.harm - a.harm || b.causality - a.causality || compareAlerts(a.alert, b.alert)
  ).map(({ alert }) => alert);
}

function isOther(a: Marked, b: Marked): boolean {
  return a.alert.service !== b.alert.service;
}

/** Whether its headline says more than that there was more than usual. */
function says({ headline }: Marked): boolean {
  return headline !== undefined && (isDefinite(headline) || headline.actual === 0);
}

function compareIncidents(a: Incident, b: Incident): number {
  const [first, second] = [a, b].map(({ alerts }) => [...alerts].sort(compareAlerts)[0]);
  return compareAlerts(first, second);
}
