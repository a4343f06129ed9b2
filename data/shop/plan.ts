/**
 * What is planted in the sample, where and when.
 *
 * @module
 */
import { DAY, HOUR, MINUTE, type Span } from "./calendar.ts";

/** Kinds of planted incidents. */
export type IncidentKind =
  | "new_error"
  | "error_burst"
  | "slow_burn"
  | "silence"
  | "brute_force"
  | "order_swap"
  | "order_repeat"
  | "order_incomplete"
  | "latency"
  | "scanner"
  | "missing_heartbeat"
  | "resource_growth";

/** Kinds of harmless novelties, which must not alert. */
export type HarmlessKind = "deployment" | "traffic_peak" | "restart" | "late_backup" | "renewal";

/** One thing that is planted in one service. */
export interface Planned extends Span {
  /** Short name, unlike all others. */
  id: string;
  kind: IncidentKind | HarmlessKind;
  /** Stream in the settings. */
  stream: string;
  /** Service as verdicts name it. */
  service: string;
  /** What happens, for people. */
  title: string;
  harmless: boolean;
  /** How many lines, requests or orders are planted, or how many times more there are at the end. */
  size: number;
  /** The incident that this one is a symptom of. */
  cause?: string;
}

/** One line of the plan: id, kind, `stream/service`, day of the cycle and times of day, size, title, cause. */
type Row = readonly [
  id: string,
  kind: Planned["kind"],
  where: string,
  when: string,
  size: number,
  title: string,
  cause?: string,
];

const SAMPLE: readonly Row[] = [
  [
    "ssh-brute-force",
    "brute_force",
    "auth/sshd",
    "0 03:12-03:40",
    420,
    "one address tries passwords of many users",
  ],
  [
    "price-error",
    "new_error",
    "app/app",
    "0 10:17-10:39",
    14,
    "an error that never was: a currency without rate",
  ],
  ["double-payment", "order_repeat", "checkout/checkout", "0 12:40-13:25", 7, "orders are paid twice"],
  [
    "cart-errors",
    "error_burst",
    "app/app",
    "0 14:30-14:42",
    48,
    "a well-known error of the cart comes in a burst",
  ],
  [
    "cart-errors-web",
    "error_burst",
    "web/web",
    "0 14:30-14:42",
    52,
    "requests for the cart fail with status 500",
    "cart-errors",
  ],
  ["database-silence", "silence", "db/db", "0 18:20-18:55", 0, "the database writes no log"],
  [
    "catalog-latency",
    "latency",
    "app/app",
    "0 20:30-21:00",
    9,
    "pages take nine times as long, as many as ever",
  ],
  ["scanner", "scanner", "web/web", "0 22:05-22:17", 640, "one address looks for weak spots, fast"],

  ["export-stops", "missing_heartbeat", "auth/CRON", "1 00:30-04:30", 0, "the job stock-export doesn't run"],
  ["slow-requests", "slow_burn", "app/app", "1 08:00-12:30", 8, "slow requests become more and more"],
  [
    "early-parcel",
    "order_swap",
    "checkout/checkout",
    "1 11:20-12:10",
    9,
    "parcels are booked before the payment",
  ],
  ["deployment", "deployment", "app/app", "1 14:00-17:00", 0, "version 4.13.0: new messages, one changed"],
  [
    "database-latency",
    "latency",
    "db/db",
    "1 15:30-16:10",
    8,
    "statements take eight times as long, as many as ever",
  ],
  [
    "lost-orders",
    "order_incomplete",
    "checkout/checkout",
    "1 16:40-17:20",
    8,
    "orders stop after the payment",
  ],
  [
    "heap-growth",
    "resource_growth",
    "app/app",
    "1 17:30-21:30",
    1010,
    "the heap fills up and collections take longer",
  ],
  ["disk-full", "new_error", "db/db", "1 20:05-20:09", 3, "an error that never was: no space left on device"],
  ["statement-timeouts", "error_burst", "db/db", "1 22:40-22:52", 60, "cancelled statements come in a burst"],

  [
    "ssh-slow-guessing",
    "brute_force",
    "auth/sshd",
    "2 01:00-05:00",
    150,
    "forty addresses guess slowly, and one gets in",
  ],
  ["late-backup", "late_backup", "auth/CRON", "2 03:00-03:25", 0, "the nightly backup runs an hour later"],
  ["late-backup-db", "late_backup", "db/db", "2 03:00-03:25", 0, "the nightly backup runs an hour later"],
  ["renewal", "renewal", "app/app", "2 04:15-04:16", 1, "a message that never was: a certificate is renewed"],
  [
    "slow-scanner",
    "scanner",
    "web/web",
    "2 06:00-10:00",
    150,
    "probes hidden among visitors, and one succeeds",
  ],
  ["restart", "restart", "app/app", "2 08:05-08:06", 8, "the application restarts with its usual lines"],
  [
    "invoice-error",
    "new_error",
    "checkout/checkout",
    "2 09:30-10:05",
    6,
    "an error that never was: no invoice number left",
  ],
  ["lock-waits", "slow_burn", "db/db", "2 11:00-15:00", 9, "waits for locks become more and more"],
  [
    "payment-latency",
    "latency",
    "checkout/checkout",
    "2 12:30-13:15",
    12,
    "payments take twelve times as long",
  ],
  [
    "disk-growth",
    "resource_growth",
    "auth/diskcheck",
    "2 13:00-18:00",
    97,
    "the disk fills up, with warnings at the end",
  ],
  ["application-silence", "silence", "app/app", "2 16:10-16:32", 0, "the application writes no log"],
  [
    "early-stock",
    "order_swap",
    "checkout/checkout",
    "2 18:30-19:05",
    5,
    "stock is booked before it was reserved",
  ],
  ["campaign", "traffic_peak", "web/web", "2 19:30-22:30", 2, "a campaign brings twice the visitors"],
  [
    "campaign-app",
    "traffic_peak",
    "app/app",
    "2 19:30-22:30",
    2,
    "a campaign brings twice the visitors",
  ],
  [
    "campaign-checkout",
    "traffic_peak",
    "checkout/checkout",
    "2 19:30-22:30",
    2,
    "a campaign brings twice the orders",
  ],
];

/** Days of a cycle; the clean span before it is as long. */
export const CYCLE_DAYS = 3;

function toPlanned([id, kind, where, when, size, title, cause]: Row, start: number, cycle: number): Planned {
  const [stream, service] = where.split("/");
  const [day, from, to] = when.split(/[ -]/);
  const at = (clock: string) =>
    start + Number(day) * DAY + Number(clock.slice(0, 2)) * HOUR + Number(clock.slice(3)) * MINUTE;
  const suffix = cycle === 0 ? "" : `-${cycle + 1}`;
  const harmless = HARMLESS.has(kind);
  const planned = {
    id: id + suffix,
    kind,
    stream,
    service,
    from: at(from),
    to: at(to),
    title,
    harmless,
    size,
  };
  return cause === undefined ? planned : { ...planned, cause: cause + suffix };
}

const HARMLESS: ReadonlySet<string> = new Set<HarmlessKind>([
  "deployment",
  "traffic_peak",
  "restart",
  "late_backup",
  "renewal",
]);

/**
 * The plan of the sample: clean until `cleanUntil`, then the planted days, again and again until `end`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { DAY } from "./calendar.ts";
 * import { samplePlan } from "./plan.ts";
 *
 * const cleanUntil = Date.UTC(2026, 2, 4);
 * const plan = samplePlan(cleanUntil, cleanUntil + 3 * DAY);
 * assert(plan.every((planned) => planned.from >= cleanUntil));
 * ```
 */
export function samplePlan(cleanUntil: number, end: number): Planned[] {
  const plan: Planned[] = [];
  for (let cycle = 0; cleanUntil + cycle * CYCLE_DAYS * DAY < end; cycle++) {
    const start = cleanUntil + cycle * CYCLE_DAYS * DAY;
    plan.push(...SAMPLE.map((row) => toPlanned(row, start, cycle)));
  }
  return plan.filter((planned) => planned.to <= end);
}

/** What {@linkcode livePlan} plants, and where, as shares of the span behind its clean part. */
const LIVE: readonly (readonly [string, number, number])[] = [
  ["price-error", .05, .15],
  ["early-parcel", .2, .45],
  ["ssh-brute-force", .5, .6],
  ["database-silence", .7, .85],
];

/** A short plan: four incidents of the sample within `[cleanUntil, end)`. */
export function livePlan(cleanUntil: number, end: number): Planned[] {
  const length = end - cleanUntil;
  return LIVE.map(([id, from, to]) => {
    const row = SAMPLE.find((row) => row[0] === id)!;
    const span = { from: cleanUntil + Math.round(from * length), to: cleanUntil + Math.round(to * length) };
    return { ...toPlanned(row, cleanUntil, 0), ...span };
  });
}
