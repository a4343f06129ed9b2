/**
 * What may stand in `deepscan.yaml`: one schema for validation, defaults, documentation and editors.
 *
 * Keys are written as in the file (`min_history`). Lengths of time become milliseconds, sizes bytes, UTC offsets minutes.
 *
 * @module
 */
import { z } from "zod";
import { INDEX_PREFIX } from "../elasticsearch/cluster.ts";
import { alertLifeKeys, unknownReceivers } from "./alert_life_schema.ts";
import { channelsSchema, receiversSchema } from "./channels_schema.ts";
import { dashboardSchema } from "./dashboard_schema.ts";
import { elasticsearchSchema, streamElasticsearchSchema } from "./elasticsearch_schema.ts";
import { findingsSchema } from "./findings_schema.ts";
import { healthSchema, logSchema, streamHealthSchema } from "./health_schema.ts";
import { shipSchema } from "./ship_schema.ts";
import { parseTimeSpan } from "./time_span.ts";
import { duration, filled, positiveDuration, size } from "./values.ts";
import { watchSchema } from "./watch_schema.ts";

z.config({ jitless: true }); // settings are parsed once: compiling a parser for that takes longer than parsing

// The names that settings may use stand here, not in an import, so that reading settings loads no detector;
// a test holds them against the registries.
/** Formats that a stream may name, beside `auto`. */
export const FORMAT_NAMES = [
  ...[
    "document",
    "docker",
    "cri",
    "json",
    "logfmt",
    "common",
    "combined",
    "apache_error",
    "nginx_error",
    "syslog",
  ],
  ...["syslog5424", "syslog_iso", "journald_export", "postgresql", "postgresql_csv", "mysql_error"],
  ...["mysql_slow", "windows_event", "gc", "golang", "python", "iso8601", "log4j", "learned", "plain"],
  "content",
];
/** Detectors that a model may have. */
export const DETECTOR_NAMES = [
  ...["new-template", "unseen-vector", "autoencoder", "isolation-forest", "ngram", "lstm"],
];
/** Threshold rules. */
export const RULE_NAMES = ["budget", "quantile", "mean-std", "conformal", "pot", "mad"];

const oneOf = (names: readonly string[]) =>
  z.enum(names as [string, ...string[]]).transform((name): string => name);

/** The name of a format, or of a mixture of several as detection calls it. */
const formatName = () => {
  const one = `(?:${FORMAT_NAMES.join("|")})`;
  return z.union([
    oneOf(["auto", ...FORMAT_NAMES]),
    z.string().regex(new RegExp(`^mixed:${one}(?:\\+${one})+$`), { abort: true }),
  ]);
};

const utcOffset = () =>
  z.string().regex(/^[+-](?:0\d|1[0-4]):[0-5]\d$/, { error: "expected an offset from UTC such as +02:00" })
    .transform((text) =>
      (text.startsWith("-") ? -1 : 1) * (Number(text.slice(1, 3)) * 60 + Number(text.slice(4)))
    );

const timeSpan = () =>
  z.string().refine((text) => isTimeSpan(text), {
    error:
      "expected FROM/TO, a span of time such as 2026-03-02T10:00/2026-03-02T11:30 (UTC unless it says otherwise)",
  }).transform(parseTimeSpan);

function isTimeSpan(text: string): boolean {
  try {
    return parseTimeSpan(text).from < Infinity;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return false;
    throw error;
  }
}

const followable = () =>
  filled().refine((input) => input !== "-", {
    error: "standard input can't be gone on with in a next run: expected a file pattern, or use --input -",
  }).refine((input) => !input.startsWith(INDEX_PREFIX) || INDEX.test(input), {
    error: "expected an index, alias or pattern behind elasticsearch:, such as elasticsearch:server-logs-*",
  });

/** What Elasticsearch takes for indices; a name of one is in lower case. */
const INDEX = /^elasticsearch:[^\sA-Z#?\\/"<>|]+$/;

const sessionForm = z.strictObject({
  pattern: filled().meta({
    description: "Regular expression (RE2 syntax); the key is its first group, else the whole match.",
    examples: ["order=(\\d+)"],
  }),
  idle: positiveDuration().prefault("30m").describe("A session ends when it was silent this long."),
});

const sessionSchema = z.union([
  filled().transform((pattern) => sessionForm.parse({ pattern })),
  sessionForm,
]);

const templatesSchema = z.strictObject({
  masks: z.array(z.strictObject({
    pattern: filled().meta({
      description: "Regular expression (RE2 syntax); the whole match is the value.",
      examples: ["order-[A-Z]{3}\\d+"],
    }),
    name: z.string().default("").describe("What kind of value it is, for people."),
  })).default([]).describe("What is always a value in a template (`<*>`), wherever it stands in a line."),
  pins: z.array(
    filled().refine((text) => /[\p{L}\p{N}]/u.test(text.replaceAll("<*>", "")), {
      error: "expected the text of a template with a word of its own beside <*>",
    }),
  ).default([]).meta({
    description:
      "Texts of templates, values written `<*>`: a line that one matches belongs to it, whatever mining thinks; the first wins.",
    examples: [["session opened for user <*>"]],
  }),
}).prefault({});

const streamSchema = z.strictObject({
  name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, {
    error: "expected a name of letters, digits, dots, dashes and underscores",
  }).meta({ description: "What reports and alerts call this kind of log.", examples: ["shop"] }),
  inputs: z.array(followable()).min(1, { error: "expected at least one file pattern" }).meta({
    description:
      "Files, folders or patterns (`*`, `**`, `{a,b}`), plain or gzip; `elasticsearch:` and an index, alias or pattern.",
    examples: [["/var/log/shop/*.log*"]],
  }),
  format: formatName().prefault("auto").describe(
    "Name of the log format, or of several (`mixed:json+golang`); `auto` looks at the lines.",
  ),
  service: filled().optional().meta({
    description:
      "`field` = the format's own field, `file` = the file's name, anything else = that name. Default: the stream's name.",
    examples: ["field"],
  }),
  session: sessionSchema.optional().meta({
    description:
      "How lines belong together: a pattern, or `{pattern, idle}`. Lines without a session go to time windows.",
    examples: ["order=(\\d+)"],
  }),
  window: positiveDuration().prefault("5m").describe(
    "Length of the time windows, aligned to the epoch in UTC.",
  ),
  clock: z.enum(["wall", "data"]).default("wall").describe(
    "`wall`: real time moves on, so silence is seen; `data`: time is what the lines say (history, replay).",
  ),
  min_history: positiveDuration().prefault("1d").describe(
    "Span of logs to collect before a first model is trained.",
  ),
  allowed_lateness: duration().prefault("1h").describe(
    "Lines that come this late still change their window; later ones are counted.",
  ),
  exclude: z.array(timeSpan()).default([]).meta({
    description:
      "Spans of time, `FROM/TO`, that no training learns from: incidents that nobody was alerted to, tests.",
    examples: [["2026-03-02T10:00/2026-03-02T11:30"]],
  }),
  utc_offset: utcOffset().prefault("+00:00").describe("Offset of times that name no zone."),
  health: streamHealthSchema,
  elasticsearch: streamElasticsearchSchema.describe("How indices among the inputs are read."),
  templates: templatesSchema.describe(
    "Masks and pins of this stream; they come before those of all streams.",
  ),
}).refine(
  ({ elasticsearch, inputs }) => !elasticsearch.counted || inputs.length === 1 && INDEX.test(inputs[0]),
  {
    error: "expected one input, an index (elasticsearch:server-logs-*), where it is counted",
    path: ["elasticsearch", "counted"],
  },
);

const alertsSchema = z.strictObject({
  ...alertLifeKeys,
  max_per_run: z.int().min(1).default(20).describe(
    "Alerts sent one by one in a run; the rest comes as one summary.",
  ),
  delivery: z.strictObject({
    give_up_after: positiveDuration().prefault("3d").describe(
      "A message that can't be sent for this long is set aside; `deepscan alerts retry` sends it again.",
    ),
    first_delay: positiveDuration().prefault("30s").describe("Wait after the first failure; it doubles."),
    longest_delay: positiveDuration().prefault("4h").describe("The wait grows no longer than this."),
    timeout: positiveDuration().prefault("15s").describe("How long a channel may take to answer."),
  }).prefault({}),
  channels: channelsSchema,
  receivers: receiversSchema.describe(
    "Further people by name, each with channels of their own (`email`, `slack`, `webhook`, `file`).",
  ),
}).superRefine((alerts, context) => {
  for (const { path, name } of unknownReceivers(alerts)) {
    context.addIssue({
      code: "custom",
      path,
      input: name,
      message: "expected the name of a receiver, or channels",
    });
  }
}).prefault({});

/** The schema of `deepscan.yaml`. */
export const configSchema = z.strictObject({
  streams: z.array(streamSchema).default([]).describe("The kinds of log to watch."),
  model: z.strictObject({
    directory: filled().default("data/models").describe("Folder of the trained models."),
    seed: z.int().min(0).default(0).describe("Seed of everything random in training."),
    keep: z.int().min(1).default(10).describe(
      "The newest versions that stay when a new one is trained, beside those that are in use; the others go.",
    ),
    detectors: z.array(oneOf(DETECTOR_NAMES)).min(1).optional().describe(
      "Algorithms that join in: `autoencoder` and `isolation-forest` read counts, `ngram` and `lstm` the order of sessions; " +
        "under a `budget` the first two are part of what is there anyway. Default: the first three, in sessions no others.",
    ),
    threshold: z.strictObject({
      rule: oneOf(RULE_NAMES).prefault("budget").describe(
        "How lines between normal and anomalous are drawn: `budget` for all evidence together, the others for each detector.",
      ),
      alerts_per_day: z.number().gt(0).default(1).describe(
        "`budget`: false alarms a day that the time windows of a service may cause.",
      ),
      sessions: z.number().gt(0).max(0.2).default(0.01).describe(
        "`budget`: share of normal sessions that may be called anomalous.",
      ),
      level: z.number().gt(0).lt(1).default(0.999).describe(
        "`quantile`, `conformal`, `pot`: share of normal windows below it.",
      ),
      k: z.number().gt(0).default(3).describe("`mean-std`, `mad`: deviations above the mean or median."),
    }).prefault({}),
    retrain_after: positiveDuration().prefault("30d").describe(
      "`train --if-needed` trains when the logs have gone on this long behind what the model was trained on, or have drifted.",
    ),
    shadow: z.strictObject({
      always: z.boolean().default(false).describe(
        "Whether every training makes a candidate that is tried beside the active model, as with `train --shadow`.",
      ),
      promote: z.enum(["manual", "automatic"]).default("manual").describe(
        "`automatic`: a candidate that stands its trial becomes active, one that doesn't is set aside.",
      ),
      least: positiveDuration().prefault("1d").describe("Span of logs that a candidate must have judged."),
      most: positiveDuration().prefault("14d").describe("Span after which its trial ends in any case."),
      alerts: z.number().gt(0).default(2).describe(
        "It may raise this many times the alerts of the active model, and one a day more.",
      ),
    }).prefault({}),
  }).prefault({}),
  state: z.strictObject({
    directory: filled().default("data/state").describe("Folder of positions, open windows and alerts."),
    keep: positiveDuration().prefault("90d").describe(
      "Verdicts and closed alerts that are older, by the time in the lines, are forgotten.",
    ),
    max_size: size().prefault("4GB").describe(
      "Where the state database holds more, the oldest verdicts and closed alerts are forgotten earlier.",
    ),
  }).prefault({}),
  reports: z.strictObject({
    directory: filled().default("data/reports").describe("Folder of the HTML reports."),
  }).prefault({}),
  checkpoint: z.strictObject({
    bytes: size().prefault("64MB").describe("Progress is saved after this much input …"),
    seconds: z.number().gt(0).default(30).describe("… or after this many seconds, whichever comes first."),
  }).prefault({}),
  watch: watchSchema.describe("How the service `deno task watch` goes about it."),
  dashboard: dashboardSchema.describe("Where `deno task dashboard` serves its pages, and who may see them."),
  alerts: alertsSchema,
  elasticsearch: elasticsearchSchema.optional().describe(
    "The cluster that `elasticsearch:` inputs lie in, that `deepscan ship` sends logs to and `findings` are written into.",
  ),
  ship: shipSchema,
  findings: findingsSchema.optional().describe(
    "Write what was found into that cluster: alerts, incidents, verdicts, templates, models, health. `findings: {}` is enough.",
  ),
  health: healthSchema.describe("How DeepScan says that it works, or that it does not."),
  log: logSchema,
  templates: templatesSchema.describe("Masks and pins of all streams."),
  redact: z.strictObject({
    patterns: z.array(filled()).default([]).meta({
      description:
        "Regular expressions (RE2 syntax) of what must never leave the logs, beside the built-in ones.",
      examples: [["customer-\\d+"]],
    }),
  }).prefault({}),
});

/** Settings: as in the file, with every default filled in. */
export type Config = z.output<typeof configSchema>;

/** Settings of one stream. */
export type StreamConfig = Config["streams"][number];

/** Settings of the channels. */
export type ChannelsConfig = Config["alerts"]["channels"];

/** Settings of the channels, and of those of receivers by name. */
export type AddresseesConfig = Pick<Config["alerts"], "channels" | "receivers">;
