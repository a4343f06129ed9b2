/**
 * What the settings say of how DeepScan watches itself.
 *
 * @module
 */
import { z } from "zod";
import { hostAndPort } from "./channels_schema.ts";
import { DURATION_TEXT, parseDuration } from "./duration.ts";
import { filled, positiveDuration } from "./values.ts";

/** A length of time, `null` where it is `off`. */
const limit = () =>
  z.string().regex(new RegExp(`^(?:off|${DURATION_TEXT})$`), {
    error: "expected a length of time such as 1h, or off",
  }).transform((text) => text === "off" ? null : parseDuration(text))
    .refine((value) => value !== 0, { error: "expected a length of time above zero" });

/** The same, or that it is to be found out. */
const foundLimit = () =>
  z.string().regex(new RegExp(`^(?:auto|off|${DURATION_TEXT})$`), {
    error: "expected a length of time such as 1h, auto or off",
  }).transform((text): number | "auto" | null =>
    text === "auto" ? text : text === "off" ? null : parseDuration(text)
  ).refine((value) => value !== 0, { error: "expected a length of time above zero" });

/** Where a server listens. */
const address = () =>
  z.string().regex(/^(?:[\w.-]+|\[[\da-fA-F:]+\]):\d{1,5}$/, {
    error: "expected an address and a port such as 127.0.0.1:9464",
  }).transform((text) => {
    const at = text.lastIndexOf(":");
    return { hostname: text.slice(0, at).replace(/^\[|\]$/g, ""), port: Number(text.slice(at + 1)) };
  }).refine(({ port }) => port >= 1 && port <= 65_535, { error: "expected a port from 1 to 65535" });

/** The section `health` of a stream. */
export const streamHealthSchema = z.strictObject({
  no_data: foundLimit().prefault("auto").describe(
    "An alert is raised when nothing came from an input for so long; `auto`: twice its longest silence of two weeks, an hour at " +
      "least. Like `max_delay` with `clock: wall` only.",
  ),
  max_delay: limit().prefault("30m").describe("… when the newest of what comes is this old by then …"),
  min_parsed: z.number().min(0).max(1).default(0.5).describe(
    "… and when less than this share of the records of an input fits its format; 0 = never.",
  ),
}).prefault({});

const heartbeatSchema = z.strictObject({
  url_env: filled().optional().meta({
    description: "Environment variable that holds the address (a secret) that is called.",
    examples: ["DEEPSCAN_HEARTBEAT"],
  }),
  url_file: filled().optional().meta({
    description: "File that holds the address (a secret).",
    examples: ["/run/secrets/heartbeat"],
  }),
  host: hostAndPort().default("hc-ping.com").describe(
    "Host that the address must have; the only one that may be reached.",
  ),
  fail: z.boolean().default(false).describe(
    "Whether a run that failed calls the address with `/fail` behind it and says why in a line or two.",
  ),
  file: filled().optional().meta({
    description: "File that holds when the last run succeeded, as a line of JSON.",
    examples: ["/run/deepscan/heartbeat.json"],
  }),
  every: positiveDuration().prefault("1m").describe("`watch` calls no more often than this."),
}).refine((beat) => beat.url_env === undefined || beat.url_file === undefined, {
  error: "expected url_env or url_file, not both",
}).refine((beat) => beat.url_env !== undefined || beat.url_file !== undefined || beat.file !== undefined, {
  error: "expected url_env, url_file or file",
});

const tracesSchema = z.strictObject({
  endpoint: z.string().regex(/^https?:\/\/[^\s@?#]+$/, {
    error: "expected an address such as http://127.0.0.1:4318, without a login",
  }).default("http://127.0.0.1:4318").describe("OTLP collector that spans are sent to."),
  protocol: z.enum(["http/protobuf", "http/json", "console"]).default("http/protobuf").describe(
    "How; `console` prints them.",
  ),
  service: filled().default("deepscan").describe("`service.name` of the spans."),
});

/** The section `health`. */
export const healthSchema = z.strictObject({
  stale_after: positiveDuration().prefault("30m").describe(
    "It is unhealthy when the last run that succeeded is longer ago than this.",
  ),
  heartbeat: heartbeatSchema.optional().describe(
    "A sign of life after each run that succeeded, for a monitor that raises the alarm when it stays away.",
  ),
  metrics: z.strictObject({
    file: filled().meta({
      description: "File in the Prometheus text format, for the textfile collector of node_exporter.",
      examples: ["/var/lib/node_exporter/deepscan.prom"],
    }),
  }).optional().describe("Write what is counted and measured after each run."),
  listen: address().optional().meta({
    description: "Address where `watch` answers `/metrics` and `/healthz`, to whoever can reach it.",
    examples: ["127.0.0.1:9464"],
  }),
  traces: tracesSchema.optional().describe("Send OpenTelemetry spans of each run. `traces: {}` is enough."),
}).prefault({});

/** The section `log`. */
export const logSchema = z.strictObject({
  format: z.enum(["text", "json"]).default("text").describe(
    "How remarks and errors are written to standard error; `json`: an object a line, with ECS names.",
  ),
  level: z.enum(["info", "warn", "error"]).default("info").describe("What is less than this is not written."),
}).prefault({});

/** Settings of how it watches itself. */
export type HealthConfig = z.output<typeof healthSchema>;

/** Settings of what a stream's inputs are expected to do. */
export type StreamHealthConfig = z.output<typeof streamHealthSchema>;

/** Settings of what is written to standard error. */
export type LogConfig = z.output<typeof logSchema>;
