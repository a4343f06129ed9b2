export const help = `
What was found, as documents in Elasticsearch: alerts, incidents, verdicts, templates, models, how runs went.

  deno task deepscan findings install [--dry-run]
  deno task deepscan findings status  [--json]
  deno task deepscan findings send    [--all]
  deno task deepscan findings dashboards --output DIR

The section findings of the settings asks for them; detect writes them down with everything else that it keeps, and
sends them when it is done. While the cluster is away they wait in the state, each in its newest version.

install puts index templates into the cluster, and a lifecycle policy where it has such: once, by somebody with the
cluster privileges manage_index_templates and manage_ilm. --dry-run shows the requests and sends nothing.
status shows how many documents were sent, wait, or were refused for good, and why.
send sends what waits now, and tries again what was refused; with --all everything that the state holds, also what
was sent before: for a cluster that has lost it, or when findings are asked for later than detect has begun.
dashboards writes a dashboard for Kibana (DIR/kibana/deepscan.ndjson) and one for Grafana (DIR/grafana/deepscan.json),
for the indices that the settings name; those for the usual names are in runner/deploy.

  --config FILE   settings; default: deepscan.yaml in this folder
  --json          the status as JSON on standard output

Exit code 1 says that something waits or was refused.
`;

import { connect, Registry, type State } from "../../lib/mod.ts";
import { plainLine } from "../alert/plain_text.ts";
import type { Config } from "../config.ts";
import { type Context, type Plan, requirePlan, UsageError } from "../context.ts";
import { openEarlier } from "../detect/earlier_state.ts";
import { beginRun } from "../detect/run_state.ts";
import { clusterOf } from "../elasticsearch/cluster.ts";
import { putSetup } from "../findings/cluster_setup.ts";
import { deliverFindings } from "../findings/deliver.ts";
import { recordEverything } from "../findings/everything.ts";
import { findingsFailed, findingsRemarks } from "../findings/findings_report.ts";
import { type FindingsSettings, indexTemplates, lifecyclePolicy } from "../findings/index_template.ts";
import { findingsOptions } from "../findings/options.ts";
import { FindingsRecorder } from "../findings/recorder.ts";

/** Refused documents that are shown, and characters of a reason. */
const SHOWN = 10, REASON = 300;

/** `deno task deepscan findings`. */
export async function run(args: string[], context: Context): Promise<number> {
  const { action, dryRun, all, json, output } = findingsOptions(args, context.cwd),
    plan = requirePlan(context);
  const settings = settingsOf(plan);
  if (action === "status") return status(plan, json, context);
  if (action === "send") return await send(plan, all, context);
  if (action === "dashboards") return await dashboards(plan.config, { settings, output }, context);
  if (dryRun) show(settings, context);
  else await install(plan.config, settings, context);
  return 0;
}

function settingsOf({ config, path }: Plan): FindingsSettings {
  if (config.findings !== undefined) return config.findings;
  throw new UsageError(
    `Cannot work on findings: ${path ?? "the settings"} ask for none; add findings: {}`,
  );
}

/** The requests, as Kibana's console takes them. */
function show(settings: FindingsSettings, context: Context): void {
  for (const { path, body } of [lifecyclePolicy(settings), ...indexTemplates(settings, true)]) {
    context.stdout(`PUT ${path}\n${JSON.stringify(body, null, 2)}\n\n`);
  }
  context.stderr(
    "nothing was sent; where the cluster has no lifecycle management, index.lifecycle.name is left out\n",
  );
}

async function install(config: Config, settings: FindingsSettings, context: Context): Promise<void> {
  const client = await connect(await clusterOf(config.elasticsearch!, context.env));
  try {
    const { hasLifecycle } = await putSetup(client, settings);
    const names = indexTemplates(settings, hasLifecycle).map(({ path }) => path.split("/").at(-1));
    context.stdout(`index templates: ${names.join(", ")}\n`);
    context.stdout(
      hasLifecycle
        ? `lifecycle policy: ${lifecyclePolicy(settings).path.split("/").at(-1)}\n`
        : "the cluster has no lifecycle management: detect deletes old indices, which takes the role deepscan_keeper\n",
    );
  } finally {
    await client.close();
  }
}

async function dashboards(
  { ship }: Config,
  { settings, output }: { settings: FindingsSettings; output: string },
  context: Context,
): Promise<number> {
  const { writeDashboards } = await import("../panels/write_dashboards.ts");
  for (const path of await writeDashboards({ ship, findings: settings }, output)) context.stdout(`${path}\n`);
  return 0;
}

function status(plan: Plan, json: boolean, context: Context): number {
  const state = openEarlier(plan, "show findings", { readOnly: true });
  try {
    const counts = state.findings.counts(), dead = state.findings.dead();
    const isDone = counts.every(({ status }) => status === "sent");
    if (json) {
      const refused = dead.map(({ kind, id, version, lastError }) => ({
        kind,
        id,
        version,
        reason: lastError,
      }));
      context.stdout(JSON.stringify({ counts, refused }) + "\n");
      return isDone ? 0 : 1;
    }
    const words = { due: "waiting", sent: "sent", dead: "refused" };
    for (const { kind, status, documents } of counts) {
      context.stdout(`${kind.padEnd(10)} ${words[status].padEnd(8)} ${documents.toLocaleString("en")}\n`);
    }
    for (const { kind, id, lastError } of dead.slice(0, SHOWN)) {
      context.stdout(`refused: ${kind} ${plainLine(id, REASON)}: ${plainLine(lastError, REASON)}\n`);
    }
    if (dead.length > SHOWN) context.stdout(`… and ${dead.length - SHOWN} more\n`);
    return isDone ? 0 : 1;
  } finally {
    state.close();
  }
}

async function send(plan: Plan, all: boolean, context: Context): Promise<number> {
  const { config } = plan;
  openEarlier(plan, "send findings", { readOnly: true }).close(); // says so where there was no run yet
  const run = await beginRun(config.state.directory, context);
  if ("busy" in run) {
    context.stderr(`deepscan findings: ${run.busy}\n`);
    return 1;
  }
  try {
    const { state } = run;
    if (all) await writeAnew(state, config, context);
    state.transaction(() => state.findings.retry(context.now()));
    const report = await deliverFindings(state, config, context);
    for (const remark of findingsRemarks(report)) context.stderr(`${remark}\n`);
    const { sent, existing, waiting } = report;
    context.stdout(`${sent} documents sent, ${existing} were there already, ${waiting} wait\n`);
    return findingsFailed(report) || waiting > 0 ? 1 : 0;
  } finally {
    run.close();
  }
}

async function writeAnew(state: State, config: Config, context: Context): Promise<void> {
  const model = await new Registry(config.model.directory).loadActive();
  const recorder = FindingsRecorder.of(config, state, { now: () => context.now() })!;
  state.transaction(() =>
    recordEverything(recorder, state, { model, all: config.findings!.verdicts === "all" })
  );
}
