/**
 * Documents that wait in the state, sent to the cluster.
 *
 * @module
 */
import {
  BulkBody,
  connect,
  ElasticsearchError,
  sendBulk,
  type State,
  type StoredFinding,
} from "../../lib/mod.ts";
import type { Config } from "../config.ts";
import type { Context } from "../context.ts";
import { clusterOf } from "../elasticsearch/cluster.ts";
import { FIRST_DELAY, LONGEST_DELAY, retriesIn } from "../elasticsearch/patience.ts";
import { pause } from "../pause.ts";
import { type Client, ensureSetup } from "./cluster_setup.ts";
import { documentId } from "./document.ts";
import { deleteExpired } from "./expiry.ts";
import { type FindingsReport, NO_FINDINGS } from "./findings_report.ts";
import { type FindingsSettings, healthStream } from "./index_template.ts";

/** Characters of a request, from which on it is sent. */
const REQUEST = 4 << 20;
const encoder = new TextEncoder();

/**
 * Sends what waits, and deletes old indices where the cluster doesn't do that itself. What can't be sent now stays in the state
 * for the next time; nothing is thrown for what a cluster can do.
 */
export async function deliverFindings(
  state: State,
  config: Config,
  context: Context,
): Promise<FindingsReport> {
  const { findings: settings, elasticsearch } = config;
  if (settings === undefined || elasticsearch === undefined || state.findings.due(1).length === 0) {
    return NO_FINDINGS;
  }
  const report = { ...NO_FINDINGS, refused: new Map<string, number>(), notes: [] as string[] };
  let client: Client | undefined;
  try {
    client = await connect(await clusterOf(elasticsearch, context.env));
    await sendWaiting({ client, state, settings, report }, context);
  } catch (error) {
    note(report, error);
  } finally {
    await client?.close();
  }
  report.waiting = state.findings.counts().filter(({ status }) => status === "due")
    .reduce((sum, { documents }) => sum + documents, 0);
  return report;
}

type Mutable = { -readonly [Key in keyof FindingsReport]: FindingsReport[Key] } & {
  refused: Map<string, number>;
};

/** What sending works with. */
interface Sending {
  client: Client;
  state: State;
  settings: FindingsSettings;
  report: Mutable;
}

async function sendWaiting(sending: Sending, context: Context): Promise<void> {
  const { client, state, settings, report } = sending, setup = await ensureSetup(client, settings);
  if (setup.note !== "") report.notes.push(`note: ${setup.note}`);
  while (report.failure === "") {
    const due = state.findings.due(REQUEST);
    if (due.length === 0) break;
    await sendSome(sending, due);
  }
  if (report.failure !== "" || setup.hasLifecycle) return;
  try {
    report.deleted = await deleteExpired(client, settings, context.now());
  } catch (error) {
    report.notes.push(`note: ${(error as Error).message}`);
  }
}

/** One request; what was settled is noted before the next. */
async function sendSome({ client, state, settings, report }: Sending, due: StoredFinding[]): Promise<void> {
  const body = new BulkBody(REQUEST + (REQUEST >> 2));
  for (const finding of due) {
    body.begin();
    body.put(encoder.encode(`${actionOf(finding, settings)}\n${finding.body}\n`));
  }
  const outcome = await sendBulk(client, body, {
    doing: "send findings",
    ...{ firstDelay: FIRST_DELAY, longestDelay: LONGEST_DELAY, retries: retriesIn(settings.patience) },
    random: Math.random,
    pause,
  });
  const left = new Set(outcome.left), dead = new Map(outcome.dead.map((refusal) => [refusal.item, refusal]));
  state.transaction(() => {
    state.findings.settled(due.filter((_, item) => !left.has(item) && !dead.has(item)));
    for (const [item, { type, reason }] of dead) state.findings.refused(due[item], `${type}: ${reason}`);
  });
  report.sent += outcome.created;
  report.existing += outcome.existing;
  for (const { type, reason } of outcome.dead) {
    const text = `${type}: ${reason.replace(/document with id '[^']*'\.?/, "").slice(0, 300)}`;
    report.refused.set(text, (report.refused.get(text) ?? 0) + 1);
  }
  if (outcome.failure !== null) note(report, outcome.failure);
}

/** What is to be done with a document: those that may change come with a version, the others are only ever added. */
function actionOf({ kind, id, place, version }: StoredFinding, settings: FindingsSettings): string {
  const { index, name, health } = settings,
    own = place === "" ? `${index}-${kind}` : `${index}-${kind}-${place}`;
  const _id = documentId(name, kind, id);
  return kind === "health"
    ? JSON.stringify({ create: { _index: health === "data_stream" ? healthStream(settings) : own, _id } })
    : JSON.stringify({ index: { _index: own, _id, version, version_type: "external" } });
}

function note(report: Mutable, error: unknown): void {
  if (!(error instanceof Error) || "errcode" in error) throw error; // the state itself can't be used
  report.failure = error.message;
  report.broken = !(error instanceof ElasticsearchError) || !(error.temporary || error.kind === "read-only");
}
