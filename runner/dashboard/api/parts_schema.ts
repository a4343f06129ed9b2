/**
 * What answers of several views are made of, as schemas: for the documentation, and for tests that hold answers against it.
 *
 * @module
 */
import { z } from "zod";
import { SEVERITIES } from "../../config/alert_names.ts";
import { LEVEL_CLASSES } from "../data/series.ts";

export const text = () => z.string();
export const number = () => z.number();
/** A time, ms since the epoch. */
export const time = () => z.number().describe("Milliseconds since the epoch.");
/** A time that may not be known. */
export const timeOrNull = () =>
  z.number().nullable().describe("Milliseconds since the epoch; null = unknown.");
export const list = <Schema extends z.ZodType>(schema: Schema) => z.array(schema);

/** {@linkcode Span}. */
export const spanSchema = z.strictObject({
  from: time(),
  to: time(),
  zone: text().describe("Name of the time zone."),
  last: text().nullable().describe("The length that was asked for; null = fixed times."),
  isLive: z.boolean().describe("Whether it ends with the newest data."),
  slot: number().describe("Length of a slot of series, ms."),
  coarse: number().describe("Length of the slots that sums are made of, ms."),
}).meta({ id: "Span" });

/** Records by level over time. */
export const volumeSchema = z.strictObject({
  times: list(number()),
  levels: z.strictObject(
    Object.fromEntries(LEVEL_CLASSES.map((level) => [level, list(number())])) as Record<
      typeof LEVEL_CLASSES[number],
      z.ZodArray<z.ZodNumber>
    >,
  ),
}).meta({ id: "Volume" });

/** Windows over time. */
export const anomaliesSchema = z.strictObject({
  ...{ times: list(number()), judged: list(number()), anomalous: list(number()) },
}).meta({ id: "AnomalySeries" });

/** Scores over time. */
export const scoresSchema = z.strictObject({
  times: list(number()),
  ratios: list(number().nullable()).describe("Highest score of each slot as a multiple of its threshold."),
  anomalous: list(number()).describe("Indices of slots with an anomalous window."),
}).meta({ id: "ScoreSeries" });

/** {@linkcode IncidentRow}. */
export const incidentRowSchema = z.strictObject({
  ...{ id: text(), title: text(), severity: z.enum(SEVERITIES), isFiring: z.boolean(), phase: text() },
  ...{ start: timeOrNull(), end: timeOrNull(), streams: list(text()), services: list(text()) },
  ...{ alerts: number(), windows: number(), records: number(), ratio: number() },
  acknowledged: z.strictObject({ who: text(), at: time(), note: text() }).nullable(),
  silencedUntil: timeOrNull(),
  said: z.enum(["true", "false", "expected"]).nullable(),
}).meta({ id: "IncidentRow" });

/** {@linkcode ServiceRow}. */
export const serviceRowSchema = z.strictObject({
  ...{ stream: text(), service: text(), status: z.enum(["firing", "warning", "silent", "unknown", "ok"]) },
  ...{ why: text(), since: timeOrNull(), records: number(), errors: number(), counts: list(number()) },
  ...{ anomalous: number(), ratio: number().nullable(), openIncidents: number(), lastSeen: timeOrNull() },
}).meta({ id: "ServiceRow" });

export const templateStateSchema = z.enum(["new", "rare", "vanished", "usual"]);

/** {@linkcode TemplateRow}. */
export const templateRowSchema = z.strictObject({
  ...{
    stream: text(),
    id: text(),
    text: text(),
    state: templateStateSchema,
    count: number(),
    errors: number(),
  },
  ...{ share: number(), firstSeen: timeOrNull(), lastSeen: timeOrNull(), level: text(), isBorn: z.boolean() },
  ...{ counts: list(number()), meaning: text() },
}).meta({ id: "TemplateRow" });

/** {@linkcode StreamDelay}. */
export const delaySchema = z.strictObject({
  ...{ stream: text(), newest: timeOrNull(), delay: number().nullable(), readAt: timeOrNull() },
}).meta({ id: "StreamDelay" });

/** {@linkcode DriftView}. */
export const driftSchema = z.strictObject({
  ...{ stream: text(), days: number() },
  monitors: list(
    z.strictObject({ what: text(), before: number(), now: number(), drifted: z.boolean(), text: text() }),
  ),
}).meta({ id: "Drift" });

/** {@linkcode ModelRow}. */
export const modelRowSchema = z.strictObject({
  ...{ version: text(), parent: text().nullable(), createdAt: timeOrNull(), bytes: number() },
  ...{ isActive: z.boolean(), isCandidate: z.boolean(), problem: text() },
  streams: list(z.strictObject({
    ...{ name: text(), from: timeOrNull(), to: timeOrNull(), records: number(), windows: number() },
    ...{ templates: number(), scopes: list(text()), fingerprint: text() },
  })),
}).meta({ id: "ModelRow" });

/** What a page of a list says beside its rows. */
export const pagedFields = {
  next: text().nullable().describe("`after` of the next page; null = this is the last one."),
  total: number().nullable().describe("All rows; null = too many to be counted."),
};
