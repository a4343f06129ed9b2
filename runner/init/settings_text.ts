/**
 * Proposed streams as a settings file that a person can read and change.
 *
 * @module
 */
import { dirname } from "node:path";
import { inlineYaml } from "../config/schema_view.ts";
import type { ProposedStream } from "./proposed_streams.ts";

/** What the file says beside its streams. */
export interface SettingsTextOptions {
  /** The settings file, absolute: paths beneath its folder are written relative to it. */
  file: string;
  /** Whether a stream's logs still grow. */
  isLive: (stream: ProposedStream) => boolean;
  /** Where the cluster is, as settings say it; left out = nothing is said of it. */
  cluster?: Record<string, unknown> | null;
}

/** `deepscan.yaml` for the streams: what was seen stands in comments, what can be added is hidden behind `#`. */
export function settingsText(streams: readonly ProposedStream[], options: SettingsTextOptions): string {
  return `# Settings of DeepScan, written by \`deepscan init\` from a look at the logs. Check them, then:
#   deno task detect --config ${options.file.replace(/[^\x21-\x7e]/g, "?")}
#
# Lengths of time are written 30s, 5m, 1h30m, 3d. Relative paths start at this file's folder. A "#" without a space behind it
# hides a setting. Every setting with its default: runner/deepscan.yaml.

streams:
${streams.map((stream) => streamText(stream, options)).join("\n")}
${clusterText(options.cluster ?? null)}${placesText(placeOf(options.file))}
${CHANNELS}`;
}

/** The folder for models, state and reports: beside the settings, but not among the settings of a machine. */
export function placeOf(file: string): string {
  return file.startsWith("/etc/") ? "/var/lib/deepscan" : "data";
}

function clusterText(cluster: Record<string, unknown> | null): string {
  if (cluster === null) return "";
  const lines = Object.entries(cluster).map(([name, value]) => `  ${name}: ${inlineYaml(value)}\n`);
  return `# Where the cluster is. Secrets never stand here: name an environment variable or a file.
elasticsearch:
${lines.join("")}
`;
}

function placesText(place: string): string {
  return `# What DeepScan learns, keeps and writes.
model:
  directory: ${place}/models
state:
  directory: ${place}/state
reports:
  directory: ${place}/reports
`;
}

const CHANNELS = `# Who is told. Secrets never stand here: name an environment variable or a file.
alerts:
  channels:
    console: true
#    email:
#      host: smtp.example.com
#      security: starttls
#      user: deepscan
#      password_env: DEEPSCAN_SMTP_PASSWORD
#      from: DeepScan <deepscan@example.com>
#      to: [ops@example.com]
#    slack:
#      webhook_env: DEEPSCAN_SLACK_WEBHOOK
`;

function streamText(stream: ProposedStream, { file, isLive }: SettingsTextOptions): string {
  const folder = dirname(file);
  const lines = [
    ...(stream.index?.seen ?? [seenText(stream)]).map((line) => `  # ${line}`),
    `  - name: ${inlineYaml(stream.name)}`,
    `    inputs: ${inlineYaml(stream.inputs.map((input) => shortened(input, folder)))}`,
    ...(stream.index?.settings ?? [`    format: ${stream.format}`]),
    ...serviceLines(stream),
    ...sessionLines(stream),
    `    window: 5m`,
    isLive(stream)
      ? `    clock: wall              # the logs still grow: silence is seen`
      : `    clock: data              # these logs are history; for logs that still grow: wall`,
  ];
  return lines.join("\n") + "\n";
}

function seenText({ logs }: ProposedStream): string {
  const files = logs.reduce((sum, log) => sum + log.files.length, 0);
  const looked = logs.reduce((sum, log) => sum + log.lines.length, 0);
  const mean = (field: "parsed" | "timed") =>
    logs.reduce((sum, log) => sum + log[field] * log.lines.length, 0) / Math.max(1, looked);
  const timed = mean("timed");
  const times = timed >= 0.995
    ? ""
    : `; ${percentText(timed)} carry a time${timed < 0.5 ? ", which time windows need" : ""}`;
  return `${files} ${files === 1 ? "file" : "files"}; of ${
    looked.toLocaleString("en-US")
  } records looked at, ${percentText(mean("parsed"))} parsed${times}.`;
}

function serviceLines({ service, logs, index }: ProposedStream): string[] {
  if (service === undefined) return [];
  const names = service === "field"
    ? index?.services ?? [...new Set(logs.flatMap((log) => log.services))]
    : logs.map((log) => log.path.split("/").at(-1)!);
  const shown = names.slice(0, 3).join(", ").replace(/[^\x20-\x7e]/g, "?");
  return [`    service: ${service.padEnd(16)} # ${shown}${names.length > 3 ? `, … (${names.length})` : ""}`];
}

function sessionLines({ session }: ProposedStream): string[] {
  if (session === null) {
    return [`    #session: 'order=(\\d+)'   # no id that comes back on several lines was found`];
  }
  return [
    `    # ${session.sessions.toLocaleString("en-US")} ids on ${
      percentText(session.coverage)
    } of the lines looked at`,
    `    session: ${inlineYaml(session.pattern)}`,
  ];
}

function shortened(path: string, folder: string): string {
  return path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : path;
}

function percentText(share: number): string {
  return `${share > 0.995 && share < 1 ? "over 99" : Math.round(100 * share)} %`;
}
