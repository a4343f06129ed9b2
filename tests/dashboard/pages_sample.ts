/**
 * Made-up data for every view, always the same: a shop in which something went wrong.
 *
 * @module
 */
import type { IncidentRow } from "../../runner/dashboard/data/incidents.ts";
import type { ErrorType, Overview } from "../../runner/dashboard/data/overview.ts";
import type { AnomalySeries, ScoreSeries, Volume } from "../../runner/dashboard/data/series.ts";
import type { ServiceRow } from "../../runner/dashboard/data/services.ts";
import type { Span } from "../../runner/dashboard/data/span.ts";

/** Length of a slot, and how many there are. */
const SLOT = 300_000, SLOTS = 288;
/** The end of the span: all times are before it. */
export const END = Date.UTC(2026, 2, 6, 12);

/** A whole day. */
export const SPAN: Span = {
  from: END - SLOTS * SLOT,
  to: END,
  zone: "UTC",
  last: "24h",
  isLive: true,
  slot: SLOT,
  coarse: SLOT,
};

/** Start of each slot. */
export const TIMES = Array.from({ length: SLOTS }, (_, i) => SPAN.from + i * SLOT);

/** Something between 0 and 1 that looks random and is not. */
function noise(i: number): number {
  return Math.abs(Math.sin(12.9898 * i + 78.233) * 43758.5453) % 1;
}

/** Slots in which it went wrong. */
const isWrong = (i: number) => i >= 250 && i < 262;

/** Records by level. */
export function sampleVolume(scale = 1): Volume {
  const day = (i: number) => 1 + .6 * Math.sin(i / 45);
  const counts = (of: (i: number) => number) => TIMES.map((_, i) => Math.floor(scale * of(i)));
  return {
    times: TIMES,
    levels: {
      none: counts((i) => 20 * noise(i)),
      debug: counts(() => 0),
      info: counts((i) => (isWrong(i) ? .5 : 1) * (600 + 80 * noise(i + 7)) * day(i)),
      warn: counts((i) => (isWrong(i) ? 60 : 4) * noise(i + 3)),
      error: counts((i) => isWrong(i) ? 90 * noise(i + 5) : noise(i + 9) > .9 ? 2 : 0),
      fatal: counts((i) => i === 251 ? 3 : 0),
    },
  };
}

/** Windows that were judged. */
export function sampleAnomalies(): AnomalySeries {
  const anomalous = TIMES.map((_, i) => isWrong(i) ? 1 + Math.floor(3 * noise(i)) : i === 90 ? 1 : 0);
  return { times: TIMES, judged: TIMES.map(() => 6), anomalous };
}

/** Scores. */
export function sampleScores(): ScoreSeries {
  const ratios = TIMES.map((_, i) =>
    isWrong(i) ? 2 + 6 * noise(i) : i === 40 ? null : .1 + .6 * noise(i + 2)
  );
  return { times: TIMES, ratios, anomalous: TIMES.flatMap((_, i) => isWrong(i) ? [i] : []) };
}

/** An incident. */
export function sampleIncident(other: Partial<IncidentRow> = {}): IncidentRow {
  return {
    id: "0a1b2c3d4e5f6071",
    title:
      "[high] shop/checkout: new: Payment gateway <*> refused connection after <*> ms since 2026-03-06 08:50 UTC",
    severity: "high",
    isFiring: true,
    phase: "firing, told 2 receivers",
    start: TIMES[250],
    end: TIMES[262],
    streams: ["shop"],
    services: ["checkout", "payment"],
    alerts: 2,
    windows: 12,
    records: 5_204,
    ratio: 7.8,
    acknowledged: null,
    silencedUntil: null,
    said: null,
    ...other,
  };
}

/** Incidents of a day, the newest first. */
export function sampleIncidents(): IncidentRow[] {
  return [
    sampleIncident(),
    sampleIncident({
      id: "1b2c3d4e5f607182",
      title: '[critical] db: could not extend file "<*>": No space left on device since 2026-03-06 09:05 UTC',
      severity: "critical",
      streams: ["db"],
      services: ["db"],
      alerts: 1,
      windows: 3,
      records: 41,
      ratio: 2_400,
      acknowledged: { who: "ada", at: END - 3_600_000, note: "making room" },
    }),
    sampleIncident({
      id: "2c3d4e5f60718293",
      title: "[medium] web: silent: no records, 130 expected since 2026-03-05 19:30 UTC",
      severity: "medium",
      isFiring: false,
      phase: "over",
      start: TIMES[90],
      end: TIMES[93],
      streams: ["web"],
      services: ["web"],
      alerts: 1,
      windows: 3,
      records: 0,
      ratio: 1.6,
      silencedUntil: END + 3_600_000,
      said: "expected",
    }),
    sampleIncident({
      id: "3d4e5f6071829304",
      title:
        "[low] shop: slow: value 1 of request served in <*>: 4.1 s, usually at most 0.3 s since 2026-03-05 14:10 UTC",
      severity: "low",
      isFiring: false,
      phase: "over",
      start: TIMES[26],
      end: TIMES[27],
      services: ["shop"],
      alerts: 1,
      windows: 1,
      records: 650,
      ratio: 1.1,
      said: "false",
    }),
  ];
}

/** A service. */
export function sampleService(other: Partial<ServiceRow> = {}): ServiceRow {
  return {
    stream: "shop",
    service: "checkout",
    status: "firing",
    why: "high alert",
    records: 182_044,
    errors: 512,
    counts: sampleVolume(.1).levels.info,
    anomalous: 12,
    ratio: 7.8,
    openIncidents: 1,
    lastSeen: END - 20_000,
    since: TIMES[250],
    ...other,
  };
}

const SERVICES: ServiceRow[] = [
  sampleService(),
  sampleService({
    stream: "db",
    service: "db",
    why: "critical alert",
    records: 9_300,
    errors: 41,
    anomalous: 3,
    ratio: 2_400,
  }),
  sampleService({
    stream: "web",
    service: "web",
    status: "silent",
    since: null,
    why: "silent for 2 h",
    records: 14_200,
    errors: 0,
    ratio: 1.6,
  }),
  sampleService({
    service: "payment",
    status: "warning",
    since: null,
    why: "4 anomalous windows, the last at 09:40",
    errors: 88,
    anomalous: 4,
    ratio: 3.1,
    openIncidents: 0,
  }),
  sampleService({
    service: "search",
    status: "ok",
    since: null,
    why: "as usual",
    errors: 3,
    anomalous: 0,
    ratio: .7,
    openIncidents: 0,
  }),
  sampleService({
    service: "mail-worker",
    status: "ok",
    since: null,
    why: "as usual",
    records: 2_204,
    errors: 0,
    anomalous: 0,
    ratio: .4,
    openIncidents: 0,
  }),
  sampleService({
    stream: "auth",
    service: "auth",
    status: "unknown",
    since: null,
    why: "collects until 2026-03-07 10:00",
    records: 800,
    errors: 0,
    anomalous: 0,
    ratio: null,
    openIncidents: 0,
  }),
];

function sampleErrors(): ErrorType[] {
  const counts = sampleVolume().levels.error;
  return [
    {
      ...{
        stream: "shop",
        template: "a1b2c3d4",
        text: "Payment gateway <*> refused connection after <*> ms",
        count: 431,
        before: 0,
      },
      ...{
        counts,
        firstSeen: TIMES[250],
        level: "error",
        meaning: "A service that this one needs can't be reached",
      },
    },
    {
      ...{
        stream: "db",
        template: "b2c3d4e5",
        text: 'could not extend file "<*>": No space left on device',
        count: 41,
        before: 2,
      },
      ...{ counts: counts.map((count) => Math.floor(count / 10)), firstSeen: null, level: "fatal" },
      meaning: "There is no space left on a disk",
    },
    {
      ...{
        stream: "shop",
        template: "c3d4e5f6",
        text: "order <*> could not be stored: deadlock detected",
        count: 12,
        before: 14,
      },
      ...{ counts: counts.map(() => 1), firstSeen: null, level: "error", meaning: "" },
    },
  ];
}

/** The overview. */
export function sampleOverview(): Overview {
  return {
    span: SPAN,
    totals: {
      ...{
        records: 412_903,
        recordsBefore: 460_120,
        errors: 641,
        windows: 1_728,
        anomalous: 23,
        openIncidents: 2,
      },
      services: SERVICES.length,
    },
    services: SERVICES,
    volume: sampleVolume(),
    anomalies: sampleAnomalies(),
    errorTypes: sampleErrors(),
    ...{ incidents: sampleIncidents().slice(0, 2), recent: sampleIncidents().slice(2) },
    delays: [
      { stream: "shop", newest: END - 20_000, delay: 20_000, readAt: END - 5_000 },
      { stream: "web", newest: END - 7_200_000, delay: 7_200_000, readAt: END - 5_000 },
      { stream: "db", newest: END - 60_000, delay: null, readAt: null },
    ],
  };
}
