export const help = `
Shows how DeepScan does: runs, streams and their inputs, what can't be judged yet, messages, the heartbeat.

  deno task deepscan health [--config FILE] [--json]

  --config FILE   settings; default: deepscan.yaml in this folder, else the bundled sample
  --json          all of it as JSON on standard output

Exit code: 0 healthy, 1 not: the last run that succeeded is longer ago than health.stale_after, something failed in
the last one, messages were given up. So it can be the health check of a container.
`;

import { parseArgs } from "node:util";
import { type Context, requirePlan, UsageError } from "../context.ts";
import { findEarlier } from "../detect/earlier_state.ts";
import { jsonHealth } from "../health/health_json.ts";
import { healthLines } from "../health/health_text.ts";
import { healthSnapshot, NO_SNAPSHOT } from "../health/snapshot.ts";
import { healthStatus } from "../health/status.ts";

/** `deno task deepscan health`. */
export function run(args: string[], context: Context): Promise<number> {
  const { config } = requirePlan(context), now = context.now(), asJson = wantsJson(args);
  const state = findEarlier(requirePlan(context));
  try {
    const snapshot = state === null ? NO_SNAPSHOT : healthSnapshot(state, config);
    const status = healthStatus(snapshot, { ...config.health, now });
    const text = asJson
      ? JSON.stringify(jsonHealth(snapshot, status, now))
      : healthLines(snapshot, status, now).join("\n");
    context.stdout(`${text}\n`);
    return Promise.resolve(status.healthy ? 0 : 1);
  } finally {
    state?.close();
  }
}

function wantsJson(args: string[]): boolean {
  try {
    const options = { json: { type: "boolean" }, config: { type: "string" } } as const;
    return parseArgs({ args, options }).values.json ?? false;
  } catch (error) {
    throw new UsageError(`Cannot read the command line: ${(error as Error).message.split(/[.\n]/)[0]}`);
  }
}
