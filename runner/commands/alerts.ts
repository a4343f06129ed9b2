export const help = `
Shows the alerts that were raised.

  deno task deepscan alerts list [--config FILE] [--json]

  --config FILE   settings; default: deepscan.yaml in this folder, else the bundled sample
  --json          the alerts as JSON on standard output
`;

import { parseArgs } from "node:util";
import { State } from "../../lib/mod.ts";
import { type Alert, parseAlert } from "../alert/alert.ts";
import { messageOf } from "../alert/message.ts";
import { type Context, requirePlan, UsageError } from "../context.ts";

/** `deno task deepscan alerts`. */
export function run(args: string[], context: Context): Promise<number> {
  const json = optionsOf(args), state = State.open(`${requirePlan(context).config.state.directory}/state.db`);
  try {
    const alerts = state.alerts().map(({ body }) => parseAlert(body));
    if (json) context.stdout(JSON.stringify(alerts) + "\n");
    else print(alerts, state.deliveryCounts(), context);
    return Promise.resolve(0);
  } finally {
    state.close();
  }
}

function optionsOf(args: string[]): boolean {
  try {
    const options = { json: { type: "boolean" }, config: { type: "string" } } as const;
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    if (positionals.length === 1 && positionals[0] === "list") return values.json ?? false;
  } catch (error) {
    throw new UsageError(`Cannot read the command line: ${(error as Error).message.split(/[.\n]/)[0]}`);
  }
  throw new UsageError("Cannot show alerts: expected `list`");
}

function print(alerts: Alert[], deliveries: Record<string, number>, context: Context): void {
  for (const alert of alerts) {
    const { id, severity, windows, status } = alert;
    const count = `${windows} ${alert.kind}${windows === 1 ? "" : "s"}`;
    context.stdout(
      `${id}  ${severity.padEnd(8)}  ${status}  ${count}  ${
        messageOf(alert).title.replace(/^\[\w+\] /, "")
      }\n`,
    );
  }
  const sent = Object.entries(deliveries).map(([status, count]) => `${count} ${status}`).join(", ");
  context.stderr(`${alerts.length} alerts; messages: ${sent || "none"}\n`);
}
