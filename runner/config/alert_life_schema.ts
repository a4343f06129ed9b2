/**
 * What the settings say of when alerts are told, to whom, and what keeps them back.
 *
 * @module
 */
import { z } from "zod";
import { ALERT_KINDS, SEVERITIES } from "./alert_names.ts";
import { parseTimeSpan } from "./time_span.ts";
import { duration, filled, positiveDuration } from "./values.ts";
import { parseWeekly } from "../alert/weekly.ts";

/** A text that `parse` takes, as what it makes of it. */
function parsed<T>(parse: (text: string) => T, error: string) {
  return z.string().transform((text, context): T => {
    try {
      return parse(text);
    } catch (cause) {
      if (!(cause instanceof SyntaxError || cause instanceof RangeError)) throw cause;
      context.addIssue({ code: "custom", message: error });
      return z.NEVER;
    }
  });
}

const name = (what: string) => filled().optional().describe(`${what}; \`*\` stands for any characters.`);

const place = {
  stream: name("Name of a stream"),
  service: name("Name of a service"),
};

const kind = z.enum(ALERT_KINDS).optional().describe("What the alert is about.");

const about = (severity: string) => ({
  ...place,
  kind,
  severity: z.enum(SEVERITIES).optional().describe(severity),
});

const routeSchema = z.strictObject({
  ...about("This severity, or higher."),
  to: z.array(filled()).min(1, { error: "expected at least one receiver" }).meta({
    description: "Names of receivers; `channels` = those of everybody.",
    examples: [["payments"]],
  }),
  continue: z.boolean().default(false).describe("Whether the routes behind it are looked at as well."),
});

const inhibitSchema = z.strictObject({
  source: z.strictObject(about("This severity, or higher.")).describe("While such an alert fires …"),
  target: z.strictObject(about("This severity, or lower.")).describe(
    "… such alerts of other incidents are not told.",
  ),
  equal: z.array(z.enum(["stream", "service"])).default([]).describe("What both must have in common."),
});

const isZone = (zone: string) => {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }) !== undefined;
  } catch {
    return false;
  }
};

const maintenanceSchema = z.strictObject({
  span: parsed(parseTimeSpan, "expected FROM/TO, a span of time such as 2026-03-02T10:00/2026-03-02T11:30")
    .optional().meta({
      description: "From when to when, by the time in the lines (UTC unless it says otherwise).",
      examples: ["2026-03-02T22:00/2026-03-03T02:00"],
    }),
  weekly: parsed(parseWeekly, 'expected days and times such as "Sat,Sun 22:00-04:00"').optional().meta({
    description:
      "Days and times that come every week: `Sat,Sun 22:00-04:00`, `Mon-Fri 03:00-03:30`, `daily 01:00-01:15`.",
    examples: ["Sun 02:00-04:00"],
  }),
  zone: filled().refine((zone) => zone === "UTC" || isZone(zone), {
    error: "expected the name of a time zone such as Europe/Berlin",
  }).default("UTC").describe("Time zone of `weekly`."),
  ...place,
  note: z.string().default("").describe("Why, for people."),
}).refine(({ span, weekly }) => (span === undefined) !== (weekly === undefined), {
  error: "expected either span or weekly",
});

const suppressSchema = z.strictObject({
  ...place,
  template: filled().optional().describe("Id of a template, or its text."),
  kind,
}).refine(({ template, kind }) => template !== undefined || kind !== undefined, {
  error: "expected a template or a kind",
});

/** Keys of the section `alerts`. */
export const alertLifeKeys = {
  pending: z.strictObject({
    windows: z.int().min(1).default(1).describe(
      "Anomalous windows that an alert needs before people hear of it …",
    ),
    of: z.int().min(1).default(1).describe("… of so many in a row. What is high or critical needs one."),
  }).refine(({ windows, of }) => of >= windows, {
    error: "expected of to be no less than windows",
    path: ["of"],
  })
    .prefault({}),
  group_wait: duration().prefault("30s").describe(
    "How long `watch` gathers what belongs to a new incident before it is told; a run of `detect` tells at its end.",
  ),
  group_interval: duration().prefault("5m").describe(
    "Shortest time between a message and one with what is new; a step up in severity is told at once.",
  ),
  repeat_interval: positiveDuration().prefault("4h").describe(
    "It is said again that an incident goes on; each time after twice as long …",
  ),
  longest_repeat: positiveDuration().prefault("2d").describe("… but no longer than this."),
  flapping: z.strictObject({
    times: z.int().min(1).default(3).describe("An incident that comes back more often …"),
    within: positiveDuration().prefault("6h").describe(
      "… within this time is said to come and go, and nothing more …",
    ),
    calm: positiveDuration().prefault("1h").describe("… until nothing changed for so long."),
  }).prefault({}),
  max_per_day: z.int().min(1).default(50).describe(
    "Messages that a receiver gets one by one in a day (UTC); beyond it only high and critical ones, the rest in one digest.",
  ),
  routes: z.array(routeSchema).default([]).describe("Which alerts go to whom; default: to all there are."),
  inhibit: z.array(inhibitSchema).default([]).describe("Alerts that keep others back while they fire."),
  maintenance: z.array(maintenanceSchema).default([]).describe("Spans of time in which nothing is told."),
  suppress: z.array(suppressSchema).default([]).describe("What is never told."),
};

/** Receivers that routes name and that there are not. */
export function unknownReceivers(
  { routes, receivers }: { routes: { to: string[] }[]; receivers: Record<string, unknown> },
): { path: PropertyKey[]; name: string }[] {
  return routes.flatMap(({ to }, i) =>
    to.flatMap((name, k) =>
      name === "channels" || name in receivers ? [] : [{ path: ["routes", i, "to", k], name }]
    )
  );
}
