export const help = `
Shows the alerts that were raised and the messages that did not reach everybody; sends messages again.

  deno task deepscan alerts list [--config FILE] [--json]
  deno task deepscan alerts retry [KEY …] [--config FILE]

list shows alerts, earliest first, then each message that waits, was given up, or was refused for some.
retry puts messages that wait or were given up back to the start, all of them or those with a KEY as list
shows it; the next run of detect sends them.

  --config FILE   settings; default: deepscan.yaml in this folder, else the bundled sample
  --json          alerts and messages as JSON on standard output
`;

import { parseArgs } from "node:util";
import type { State } from "../../lib/mod.ts";
import { type Alert, parseAlert } from "../alert/alert.ts";
import { titleOf } from "../alert/message.ts";
import { formatTime, plainLine } from "../alert/plain_text.ts";
import { type Context, requirePlan, UsageError } from "../context.ts";
import { openEarlier } from "../detect/earlier_state.ts";

/** Characters of an error that are shown. */
const ERROR = 300;

/** `deno task deepscan alerts`. */
export function run(args: string[], context: Context): Promise<number> {
  const { action, keys, json } = optionsOf(args);
  const state = openEarlier(requirePlan(context), "show alerts", { readOnly: action === "list" });
  try {
    if (action === "retry") retry(keys, state, context);
    else list(state, json, context);
    return Promise.resolve(0);
  } finally {
    state.close();
  }
}

interface Options {
  action: "list" | "retry";
  /** Keys of messages; empty = all. */
  keys: string[];
  json: boolean;
}

function optionsOf(args: string[]): Options {
  try {
    const options = { json: { type: "boolean" }, config: { type: "string" } } as const;
    const { values, positionals: [action, ...keys] } = parseArgs({ args, options, allowPositionals: true });
    if (action === "list" && keys.length === 0) return { action, keys, json: values.json ?? false };
    if (action === "retry" && !values.json) return { action, keys, json: false };
  } catch (error) {
    throw new UsageError(`Cannot read the command line: ${(error as Error).message.split(/[.\n]/)[0]}`);
  }
  throw new UsageError("Cannot show alerts: expected `list`, or `retry` and keys of messages");
}

function list(state: State, json: boolean, context: Context): void {
  const alerts = state.alerts().map(({ body }) => parseAlert(body)),
    undelivered = state.deliveries.undelivered();
  if (json) {
    const messages = undelivered.map(({ payload: _payload, ...delivery }) => delivery);
    return context.stdout(JSON.stringify({ alerts, undelivered: messages }) + "\n");
  }
  for (const alert of alerts) context.stdout(`${alertText(alert)}\n`);
  if (undelivered.length > 0) context.stdout("\nNot delivered to everybody:\n");
  for (const delivery of undelivered) context.stdout(`${deliveryText(delivery)}\n`);
  const counts = Object.entries(state.deliveries.counts()).map(([status, count]) =>
    `${count} ${STATUS[status] ?? status}`
  );
  context.stderr(`${countOf(alerts.length, "alert")}; messages: ${counts.join(", ") || "none"}\n`);
}

function alertText(alert: Alert): string {
  const { id, severity, windows, status, kind } = alert;
  const title = titleOf(alert).replace(/^\[\w+\] /, "");
  return `${id}  ${severity.padEnd(8)}  ${status}  ${countOf(windows, kind)}  ${title}`;
}

type Undelivered = ReturnType<State["deliveries"]["undelivered"]>[number];

/** What becomes of a message. */
const STATUS: Record<string, string> = { due: "waiting", sent: "sent", dead: "given up" };

function deliveryText({ key, status, queuedAt, attempts, lastError }: Undelivered): string {
  const tried = attempts === 0 ? "not tried yet" : attempts === 1 ? "tried once" : `tried ${attempts} times`;
  const why = lastError === "" ? "" : `: ${plainLine(lastError, ERROR)}`;
  return `${STATUS[status].padEnd(8)}  ${key}  since ${formatTime(queuedAt)}, ${tried}${why}`;
}

function retry(keys: string[], state: State, context: Context): void {
  const waiting = state.deliveries.undelivered().filter(({ status }) => status !== "sent").map(({ key }) =>
    key
  );
  const unknown = keys.filter((key) => !waiting.includes(key));
  if (unknown.length > 0) {
    throw new Error(
      `Cannot send again: no message that waits or was given up has the key ${unknown.join(", ")}`,
    );
  }
  const again = keys.length > 0 ? keys : waiting;
  state.transaction(() => again.forEach((key) => state.deliveries.requeue(key, context.now())));
  context.stdout(`${countOf(again.length, "message")} due again; the next run of detect sends what is due\n`);
}

/** `1 alert`, `1,200 alerts`. */
function countOf(value: number, noun: string): string {
  return `${value.toLocaleString("en")} ${noun}${value === 1 ? "" : "s"}`;
}
