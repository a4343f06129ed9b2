/**
 * What the settings say of those who are told, and how.
 *
 * @module
 */
import { z } from "zod";
import { filled } from "./values.ts";

const address = () =>
  z.string().regex(/^[^\r\n]*[^\s@<>]+@[^\s@<>]+>?$/, {
    error: "expected a mail address such as ops@example.com",
  });

/** A host that may be reached. */
export const hostAndPort = () =>
  z.string().regex(/^(?:[\w.-]+|\[[\da-fA-F:]+\])(?::\d{1,5})?$/, {
    error: "expected a host, or host:port, without https:// and path",
  });

const emailSchema = z.strictObject({
  host: z.string().regex(/^[\w.:-]+$/, { error: "expected a host name without a port" }).meta({
    description: "Mail server.",
    examples: ["smtp.example.com"],
  }),
  port: z.int().min(1).max(65_535).optional().meta({
    description: "Default: 587 with `starttls`, 465 with `tls`, 25 with `none`.",
    examples: [587],
  }),
  security: z.enum(["starttls", "tls", "none"]).default("starttls").describe(
    "`starttls` and `tls` refuse to send in the clear.",
  ),
  user: filled().optional().meta({ description: "Login name.", examples: ["deepscan"] }),
  password_env: filled().optional().meta({
    description: "Environment variable that holds the password.",
    examples: ["DEEPSCAN_SMTP_PASSWORD"],
  }),
  password_file: filled().optional().meta({
    description: "File that holds the password.",
    examples: ["/run/secrets/smtp"],
  }),
  ca_file: filled().optional().meta({
    description: "Certificate (PEM) of a private authority that the server's certificate comes from.",
    examples: ["/etc/ssl/company.pem"],
  }),
  from: address().meta({ description: "Sender.", examples: ["DeepScan <deepscan@example.com>"] }),
  to: z.array(address()).min(1, { error: "expected at least one address" }).meta({
    description: "Recipients.",
    examples: [["ops@example.com"]],
  }),
}).refine((email) => email.user === undefined || !!email.password_env !== !!email.password_file, {
  error: "user needs a password: expected either password_env or password_file",
}).refine((email) => email.user === undefined || email.security !== "none", {
  error: "a password must not travel in the clear: expected security starttls or tls with a user",
}).transform((email) => ({
  ...email,
  port: email.port ?? { starttls: 587, tls: 465, none: 25 }[email.security],
}));

const oneSecret = {
  check: (channel: { webhook_env?: string; webhook_file?: string }) =>
    !!channel.webhook_env !== !!channel.webhook_file,
  error: "expected either webhook_env or webhook_file",
};

const webhookKeys = {
  webhook_env: filled().optional().meta({
    description: "Environment variable that holds the address (a secret).",
    examples: ["DEEPSCAN_WEBHOOK"],
  }),
  webhook_file: filled().optional().meta({
    description: "File that holds the address (a secret).",
    examples: ["/run/secrets/webhook"],
  }),
};

const slackSchema = z.strictObject({
  ...webhookKeys,
  host: hostAndPort().default("hooks.slack.com").describe(
    "Host that the address must have; the only one that may be reached.",
  ),
}).refine(oneSecret.check, { error: oneSecret.error });

const webhookSchema = z.strictObject({
  ...webhookKeys,
  host: hostAndPort().meta({
    description: "Host that the address must have; the only one that may be reached.",
    examples: ["alerts.example.com"],
  }),
  secret_env: filled().optional().meta({
    description:
      "Environment variable that holds the secret that messages are signed with; without it none is.",
    examples: ["DEEPSCAN_WEBHOOK_SECRET"],
  }),
  secret_file: filled().optional().meta({
    description: "File that holds it.",
    examples: ["/run/secrets/webhook_secret"],
  }),
}).refine(oneSecret.check, { error: oneSecret.error }).refine(
  ({ secret_env, secret_file }) => secret_env === undefined || secret_file === undefined,
  { error: "expected secret_env or secret_file, not both" },
);

const fileSchema = z.strictObject({
  path: filled().meta({
    description: "File that each message is added to, as a line of JSON; `-` = standard output.",
    examples: ["/var/log/deepscan/alerts.jsonl"],
  }),
});

/** The channels that anybody may have. */
const ways = {
  email: emailSchema.optional().describe("Send alerts by mail."),
  slack: slackSchema.optional().describe("Send alerts to a Slack channel by an incoming webhook."),
  webhook: webhookSchema.optional().describe("Send alerts as JSON to an address of your own."),
  file: fileSchema.optional().describe("Write alerts into a file, as JSON."),
};

/** The section `alerts.channels`. */
export const channelsSchema = z.strictObject({
  console: z.boolean().default(true).describe("Print alerts where DeepScan runs."),
  ...ways,
}).prefault({});

/** The section `alerts.receivers`: channels by the name of whom they reach. */
export const receiversSchema = z.record(
  z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]*$/, {
    error: "expected a name of letters, digits, dashes and underscores",
  }),
  z.strictObject(ways).refine((receiver) => Object.keys(receiver).length > 0, {
    error: "expected at least one channel: email, slack, webhook or file",
  }),
).default({});
