export const help = `
Shows the alerts that were raised and the messages that did not reach everybody; sends messages again.

  deno task deepscan alerts list [--config FILE] [--json]
  deno task deepscan alerts show ID [--config FILE] [--json]
  deno task deepscan alerts ack ID [--note TEXT] [--by NAME] [--config FILE]
  deno task deepscan alerts retry [KEY …] [--config FILE]
  deno task deepscan alerts test [--receiver NAME] [--config FILE] [--json]

list shows incidents and their alerts, earliest first, where each stands and who takes care, then each message that
waits, was given up, or was refused for some. ID is an incident or an alert, by its id or the beginning of it.
show tells one incident: its alerts, what was told of it and when, what was held back and why.
ack says that somebody takes care: then only what is worse and that it is over are told, until it comes back.
retry puts messages that wait or were given up back to the start, all of them or those with a KEY as list
shows it; the next run of detect sends them.
test sends a sample, marked as such, through every channel, or those of one receiver, and says what came back;
exit 1 where somebody did not get it.

  --note TEXT     what is done about it, for people; secrets are redacted
  --by NAME       who takes care; default: who is logged in
  --config FILE   settings; default: deepscan.yaml in this folder, else the bundled sample
  --json          alerts and messages as JSON on standard output
`;

import { parseArgs } from "node:util";
import { countText, type State } from "../../lib/mod.ts";
import { parseAlert } from "../alert/alert.ts";
import { acknowledge } from "../alerts/acknowledge.ts";
import { asksForTest } from "../alert_test/options.ts";
import { formatTime, plainLine } from "../alert/plain_text.ts";
import {
  alertLine,
  historyLines,
  incidentLine,
  type IncidentView,
  incidentView,
  incidentViews,
} from "../alerts/incident_view.ts";
import { namedIncident } from "../alerts/named.ts";
import { type Context, type Plan, requirePlan, UsageError } from "../context.ts";
import { openEarlier } from "../detect/earlier_state.ts";
import { cleanedNote, whoSays } from "../silence/said.ts";

/** Characters of an error that are shown. */
const ERROR = 300;

/** `deno task deepscan alerts`. */
export function run(args: string[], context: Context): Promise<number> {
  if (asksForTest(args)) return runTest(args, context);
  const options = optionsOf(args), { action, keys, json } = options, plan = requirePlan(context);
  const readOnly = action === "list" || action === "show";
  const state = openEarlier(plan, action === "ack" ? "acknowledge an incident" : "show alerts", { readOnly });
  try {
    if (action === "retry") retry(keys, state, context);
    else if (action === "show") show(keys[0], state, json, context);
    else if (action === "ack") takeCare(options, state, plan, context);
    else list(state, json, context);
    return Promise.resolve(0);
  } finally {
    state.close();
  }
}

async function runTest(args: string[], context: Context): Promise<number> {
  const { testChannels } = await import("../alert_test/test_channels.ts");
  return await testChannels(args, context);
}

interface Options {
  action: "list" | "show" | "ack" | "retry";
  /** Keys of messages, empty = all; or one id. */
  keys: string[];
  json: boolean;
  note: string;
  by: string | null;
}

const OPTIONS = {
  json: { type: "boolean" },
  config: { type: "string" },
  note: { type: "string" },
  by: { type: "string" },
} as const;

function optionsOf(args: string[]): Options {
  try {
    const { values, positionals: [action, ...keys] } = parseArgs({
      args,
      options: OPTIONS,
      allowPositionals: true,
    });
    const { json = false, note = "", by = null } = values, isSaid = note !== "" || by !== null;
    const options = { keys, json, note, by };
    if (action === "list" && keys.length === 0 && !isSaid) return { action, ...options };
    if (action === "show" && keys.length === 1 && !isSaid) return { action, ...options };
    if (action === "ack" && keys.length === 1 && !json) return { action, ...options };
    if (action === "retry" && !json && !isSaid) return { action, ...options };
  } catch (error) {
    throw new UsageError(`Cannot read the command line: ${(error as Error).message.split(/[.\n]/)[0]}`);
  }
  throw new UsageError(
    "Cannot show alerts: expected `list`, `show ID`, `ack ID`, `test`, or `retry` and keys of messages",
  );
}

function list(state: State, json: boolean, context: Context): void {
  const alerts = state.alerts(), views = incidentViews(state), undelivered = state.deliveries.undelivered();
  if (json) {
    const messages = undelivered.map(({ payload: _payload, ...delivery }) => delivery);
    const all = alerts.map(({ body, incident }) => ({ ...parseAlert(body), incident }));
    return context.stdout(
      JSON.stringify({ alerts: all, incidents: views.map(jsonOf), undelivered: messages }) + "\n",
    );
  }
  for (const view of views) {
    context.stdout(`${incidentLine(view)}\n`);
    if (view.alerts.length > 1) {
      for (const alert of view.alerts) context.stdout(`    ${alertLine(alert)}\n`);
    }
  }
  const apart = alerts.filter(({ incident }) => incident === "").map(({ body }) => parseAlert(body));
  if (apart.length > 0) context.stdout("\nNobody was to hear of:\n");
  for (const alert of apart) context.stdout(`${alertLine(alert)}\n`);
  if (undelivered.length > 0) context.stdout("\nNot delivered to everybody:\n");
  for (const delivery of undelivered) context.stdout(`${deliveryText(delivery)}\n`);
  const counts = Object.entries(state.deliveries.counts()).map(([status, count]) =>
    `${count} ${STATUS[status] ?? status}`
  );
  context.stderr(
    `${countText(alerts.length, "alert")}, ${countText(views.length, "incident")}; messages: ${
      counts.join(", ") || "none"
    }\n`,
  );
}

function show(beginning: string, state: State, json: boolean, context: Context): void {
  const view = incidentView(namedIncident(beginning, state), state);
  if (view === null) throw new Error(`Cannot show incident ${beginning}: its alerts are forgotten`);
  if (json) return context.stdout(JSON.stringify(jsonOf(view)) + "\n");
  const { acknowledged, notices, deployment } = view;
  context.stdout(`${incidentLine(view)}\n\n`);
  for (const alert of view.alerts) context.stdout(`  ${alertLine(alert)}\n`);
  if (deployment !== "") context.stdout(`\n  ${deployment}\n`);
  if (acknowledged !== null && acknowledged.note !== "") {
    context.stdout(`\n  ${acknowledged.who}: ${plainLine(acknowledged.note, ERROR)}\n`);
  }
  context.stdout(notices.length === 0 ? "\nNothing was told of it yet.\n" : "\nWhat was told of it:\n");
  for (const line of historyLines(view)) context.stdout(`  ${line}\n`);
}

function takeCare(
  { keys: [beginning], note, by }: Options,
  state: State,
  plan: Plan,
  context: Context,
): void {
  const said = { who: whoSays(by, context), note: cleanedNote(note, plan), at: context.now() };
  const view = acknowledge(state, { incident: beginning, ...said });
  if (view !== null) context.stdout(`${incidentLine(view)}\n`);
}

function jsonOf({ alerts, acknowledged, notices, start, end, ...view }: IncidentView) {
  const time = (value: number | null) => value === null ? null : new Date(value).toISOString();
  return {
    ...view,
    ...{ start: time(start), end: time(end), alerts: alerts.map(({ id }) => id) },
    acknowledged: acknowledged &&
      { who: acknowledged.who, at: time(acknowledged.at), note: acknowledged.note },
    notices: notices.map(({ incident: _incident, at, day: _day, ...notice }) => ({
      at: time(at),
      ...notice,
    })),
  };
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
  context.stdout(
    `${countText(again.length, "message")} due again; the next run of detect sends what is due\n`,
  );
}
