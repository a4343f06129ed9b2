/**
 * What every view answers, as schemas.
 *
 * @module
 */
import { z } from "zod";
import type { ViewName } from "../view_query.ts";
import type { ViewData } from "../views.ts";
import * as parts from "./parts_schema.ts";
import { list, number, text, time, timeOrNull } from "./parts_schema.ts";
import { storySchema } from "./story_schema.ts";

const { spanSchema: span, incidentRowSchema: incident, templateRowSchema: template, modelRowSchema: model } =
  parts;
const { volumeSchema: volume, anomaliesSchema: anomalies, scoresSchema: scores, delaySchema: delay } = parts;

const overview = z.strictObject({
  span,
  totals: z.strictObject({
    ...{
      records: number(),
      recordsBefore: number(),
      errors: number(),
      windows: number(),
      anomalous: number(),
    },
    ...{ openIncidents: number(), services: number() },
  }),
  ...{ services: list(parts.serviceRowSchema), volume, anomalies },
  errorTypes: list(z.strictObject({
    ...{ stream: text(), template: text(), text: text(), count: number(), before: number() },
    ...{ counts: list(number()), firstSeen: timeOrNull(), level: text(), meaning: text() },
  })),
  ...{ incidents: list(incident), recent: list(incident), delays: list(delay) },
});

const service = z.strictObject({
  ...{ span, row: parts.serviceRowSchema, volume, anomalies, scores, incidents: list(incident) },
  errorTypes: list(template),
});

const asked = { span, limit: number(), after: text().nullable(), text: text(), stream: text().nullable() };

const incidents = z.strictObject({
  span,
  query: z.strictObject({
    ...{ ...asked, status: z.enum(["open", "over", "all"]), service: text().nullable() },
    severity: incident.shape.severity.nullable(),
  }),
  ...{ rows: list(incident), ...parts.pagedFields, streams: list(text()), services: list(text()) },
});

const templates = z.strictObject({
  span,
  query: z.strictObject({
    ...asked,
    state: z.enum(["new", "rare", "vanished", "usual", "all", "error"]),
    order: z.enum(["count", "first", "last", "text"]),
  }),
  ...{ rows: list(template), ...parts.pagedFields, streams: list(text()) },
  states: z.strictObject({
    new: number(),
    rare: number(),
    vanished: number(),
    usual: number(),
    error: number(),
  }),
});

const meaning = z.strictObject({
  ...{
    category: text(),
    confidence: number(),
    known: z.boolean(),
    title: text(),
    cause: text(),
    check: text(),
  },
  similar: list(z.strictObject({ source: text(), text: text(), similarity: number() })),
});

const templateDetail = z.strictObject({
  ...{ span, row: template, series: z.strictObject({ times: list(number()), counts: list(number()) }) },
  meaning: meaning.nullable(),
  lineage: list(z.strictObject({ what: z.enum(["became", "was"]), id: text(), text: text() })),
  examples: list(text()),
  slots: list(z.strictObject({ id: text(), name: text(), kind: text(), text: text() })),
  ...{
    incidents: list(incident),
    similar: list(z.strictObject({ id: text(), text: text(), similarity: number() })),
  },
});

const trialWindows = list(z.strictObject({
  ...{ key: text(), start: timeOrNull(), active: number(), candidate: number(), title: text() },
}));

const trial = z.strictObject({
  ...{ version: text(), outcome: z.enum(["promote", "wait", "refuse"]), why: list(text()) },
  streams: list(z.strictObject({
    ...{ stream: text(), windows: number(), span: number(), active: number(), candidate: number() },
    ...{ added: trialWindows, addedCount: number(), dropped: trialWindows, droppedCount: number() },
  })),
});

const models = z.strictObject({
  ...{ span, active: text().nullable(), candidate: text().nullable(), previous: text().nullable() },
  versions: list(model),
  activations: list(z.strictObject({ version: text(), at: timeOrNull(), how: text() })),
  ...{ drift: list(parts.driftSchema), trial: trial.nullable(), canActivate: z.boolean() },
});

const modelCard = z.strictObject({
  ...{ span, row: model, drift: list(parts.driftSchema), changes: list(text()), others: list(text()) },
  streams: list(z.strictObject({
    name: text(),
    facts: list(z.strictObject({ name: text(), value: text() })),
    thresholds: list(z.strictObject({
      ...{ scope: text(), detectors: list(text()), rule: text(), threshold: number(), text: text() },
      histogram: z.strictObject({ upTo: list(number()), counts: list(number()) }),
    })),
  })),
});

const health = z.strictObject({
  span,
  checks: list(z.strictObject({ name: text(), status: z.enum(["ok", "warning", "failed"]), text: text() })),
  streams: list(z.strictObject({
    ...{ stream: text(), model: text(), clock: z.enum(["wall", "data"]), phase: text(), delay },
    inputs: list(z.strictObject({ name: text(), position: text(), behind: number().nullable() })),
    ...{ read: number(), unparsed: number(), unseen: number() },
    days: list(z.strictObject({ day: time(), read: number(), unparsed: number(), unseen: number() })),
  })),
  outbox: z.strictObject({
    ...{ due: number(), sent: number(), dead: number() },
    messages: list(z.strictObject({
      ...{ key: text(), channel: text(), status: z.enum(["due", "sent", "dead"]), attempts: number() },
      ...{ since: time(), dueAt: time(), error: text() },
    })),
  }),
  findings: list(z.strictObject({ status: text(), kind: text(), count: number() })).nullable(),
  runs: list(z.strictObject({
    ...{ command: text(), startedAt: time(), finishedAt: timeOrNull(), lines: number(), windows: number() },
    ...{ anomalous: number(), skipped: z.boolean() },
  })),
  state: z.strictObject({
    ...{
      bytes: number(),
      free: number(),
      limit: number(),
      schema: number(),
      keep: number(),
      verdicts: number(),
    },
  }),
  process: z.strictObject({
    ...{ uptime: number(), memory: number(), clients: number(), requests: number(), slowest: number() },
  }),
  audit: list(z.strictObject({
    ...{ at: time(), who: text(), from: text(), what: text(), about: text(), note: text(), problem: text() },
  })),
});

const search = z.strictObject({
  ...{ span, text: text() },
  found: list(z.strictObject({
    kind: z.enum(["incident", "alert", "window", "template", "service", "model"]),
    ...{ id: text(), stream: text(), title: text(), at: timeOrNull(), path: text() },
  })),
});

/** What each view answers; the compiler holds every schema against the type of its data. */
export const ANSWER_SCHEMAS: { [Name in ViewName]: z.ZodType<ViewData<Name>> } = {
  ...{ overview, service, incidents, incident: storySchema, templates, template: templateDetail },
  ...{ models, model: modelCard, health, search },
};
