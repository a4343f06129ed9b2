/**
 * The story of an incident as a schema.
 *
 * @module
 */
import { z } from "zod";
import {
  anomaliesSchema,
  incidentRowSchema,
  list,
  number,
  scoresSchema,
  spanSchema,
  text,
  time,
  timeOrNull,
  volumeSchema,
} from "./parts_schema.ts";

const reasonSchema = z.strictObject({
  ...{ kind: text(), detector: text(), title: text(), note: text(), share: number(), actual: number() },
  ...{ expected: number(), counts: text(), firstSeen: timeOrNull(), level: text(), example: text() },
  ...{ exampleElsewhere: z.boolean(), template: text().nullable(), mostly: list(text()), technique: text() },
}).meta({ id: "Reason" });

const saidSchema = z.strictObject({ said: z.enum(["true", "false", "expected"]), note: text(), at: time() });

const alertSchema = z.strictObject({
  ...{ id: text(), stream: text(), service: text(), kind: z.enum(["session", "window"]), title: text() },
  status: z.enum(["pending", "firing", "resolved", "closed"]),
  ...{ severity: text(), start: timeOrNull(), end: timeOrNull(), windows: number(), records: number() },
  ...{ score: number(), threshold: number(), worstKey: text(), reasons: list(reasonSchema) },
  detectors: list(z.strictObject({ detector: text(), share: number() })),
  said: saidSchema.nullable(),
}).meta({ id: "Alert" });

const windowSchema = z.strictObject({
  ...{
    stream: text(),
    key: text(),
    service: text(),
    start: timeOrNull(),
    end: timeOrNull(),
    lines: number(),
  },
  ...{ score: number(), threshold: number(), model: text(), title: text(), alert: text() },
});

const lineSchema = z.strictObject({
  ...{ stream: text(), service: text(), time: timeOrNull(), text: text(), template: text().nullable() },
  ...{ level: number(), isReason: z.boolean() },
});

const changeSchema = z.strictObject({
  what: z.enum(["new", "more", "less", "gone", "deployment"]),
  ...{ stream: text(), template: text().nullable(), text: text(), actual: number(), expected: number() },
  at: timeOrNull(),
});

/** {@linkcode IncidentStory}. */
export const storySchema = z.strictObject({
  ...{ span: spanSchema, row: incidentRowSchema },
  meanings: list(z.strictObject({ text: text(), title: text(), cause: text(), check: text() })),
  ...{ alerts: list(alertSchema), windows: list(windowSchema), windowCount: number() },
  ...{ scores: scoresSchema, volume: volumeSchema, anomalies: anomaliesSchema },
  ...{ lines: list(lineSchema), changes: list(changeSchema) },
  similar: list(z.strictObject({ incident: incidentRowSchema, similarity: number(), common: list(text()) })),
  notices: list(
    z.strictObject({ at: time(), kind: text(), receiver: text(), severity: text(), text: text() }),
  ),
  deployment: text(),
  silences: list(
    z.strictObject({ id: text(), text: text(), until: timeOrNull(), who: text(), note: text() }),
  ),
  commands: list(z.strictObject({ what: text(), command: text() })),
});
