/**
 * A history of runs over growing, rotated logs, cut short by SIGKILL; and what it left behind, to be compared.
 *
 * @module
 */
import { DatabaseSync } from "node:sqlite";
import type { LiveOptions } from "../../data/live.ts";
import { Random } from "../../data/shop/random.ts";
import { type Message, toldAlerts } from "../../runner/alert/message.ts";
import type { Severity } from "../../runner/alert/severity.ts";
import { SEVERITIES } from "../../runner/config/alert_names.ts";
import { startTask, type TaskResult } from "../runner/tasks/task.ts";
import { killGroup } from "../services/kill_group.ts";
import { type MailServer, type ReceivedMail, startMailServer } from "../services/mail_server.ts";
import {
  type ReceivedPost,
  startWebhookReceiver,
  type WebhookReceiver,
} from "../services/webhook_receiver.ts";
import { LogWriter, stepsOf } from "./log_writer.ts";

/** What a history is about. */
export interface Plot {
  /** Seed of kills, cuts and pauses. */
  seed: number;
  /** Seed of the lines. */
  logs: number;
  detectors: string[];
  /** How lines are drawn. */
  rule: string;
  /** Whether the first model is there before anything is killed; else training is killed too. */
  trained: boolean;
  /** Share (0 to 1) of records that are written late. */
  late: number;
}

/** A message as it arrived. */
export interface Arrival {
  /** Its key: what the outbox calls it, and the other side knows a repeat by. */
  key: string;
  /** What else the other side knows a repeat by, where the key is another one because more is told: Message-ID; incident and number. */
  id: string;
  /** The incident that it is about, why it is sent, and whether that goes on. */
  incident: string;
  kind: string;
  isOver: boolean;
  /** What it tells: `ALERT.SEVERITY`. */
  told: string[];
}

/** What is left when everything was read. */
export interface Outcome {
  /** Rows of the state database and the model, as text, sorted. */
  state: Record<string, string[]>;
  /** Incidents that go on: which alerts are one incident depends on which was there first. */
  firing: Set<string>;
  /** What the mail server and the webhook's receiver got, in the order of arrival. */
  mails: Arrival[];
  posts: Arrival[];
  kills: number;
  runs: number;
  /** Messages that arrived more than once. */
  repeats: number;
}

/** What a plot's models are like. */
type ModelOfPlot = Pick<Plot, "detectors" | "rule">;

const HOURS = 6;
const LIVE: LiveOptions = { hours: HOURS, scale: .3, rotations: 3 };

/** Settings with four streams: two logs in one, sessions, a service a program, plain time windows. */
function settings({ detectors, rule }: ModelOfPlot, mail: MailServer, webhook: WebhookReceiver): string {
  const common = "clock: data, min_history: 3h, allowed_lateness: 30m";
  return `streams:
  - {name: web, inputs: ["logs/shop-web.access.log*"], format: combined, ${common}}
  - {name: shop, inputs: ["logs/shop-app.log*", "logs/postgresql.log*"], service: file, ${common}}
  - {name: checkout, inputs: ["logs/shop-checkout.log*"], session: {pattern: 'order=(\\d+)', idle: 15m}, ${common}}
  - {name: auth, inputs: ["logs/auth.log*"], service: field, ${common}}
model:
  directory: models
  detectors: [${detectors}]
  threshold: {rule: ${rule}, level: 0.9, alerts_per_day: 40, sessions: 0.2}
state: {directory: state}
reports: {directory: reports}
checkpoint: {bytes: 4KB}
alerts:
  max_per_run: 100000
  max_per_day: 100000
  group_interval: 0s
  flapping: {times: 1000}
  delivery: {first_delay: 1s}
  channels:
    console: false
    email: {host: 127.0.0.1, port: ${mail.port}, security: none, from: deepscan@example.com, to: [ops@example.com]}
    webhook: {webhook_file: webhook, host: "${webhook.host}"}
`;
}

/** One history: its folder, its services and its process. */
class Stage implements AsyncDisposable {
  kills = 0;
  runs = 0;

  private constructor(
    readonly folder: string,
    readonly mail: MailServer,
    readonly webhook: WebhookReceiver,
  ) {}

  static async open(model: ModelOfPlot): Promise<Stage> {
    const folder = await Deno.makeTempDir({ prefix: "history" });
    const mail = await startMailServer(), webhook = await startWebhookReceiver();
    await Deno.writeTextFile(`${folder}/deepscan.yaml`, settings(model, mail, webhook));
    await Deno.writeTextFile(`${folder}/webhook`, webhook.address + "/alerts\n");
    return new Stage(folder, mail, webhook);
  }

  /** Messages that have arrived. */
  get arrived(): number {
    return this.mail.mails.length + this.webhook.posts.length;
  }

  /** Starts a run in a process group of its own. */
  start(): Deno.ChildProcess {
    this.runs++;
    return startTask("detect", ["--config", "deepscan.yaml"], { cwd: this.folder, detached: true });
  }

  /** Runs to the end. */
  async finish(): Promise<TaskResult> {
    return await resultOf(this.start());
  }

  /** Size of the state's journal: it changes with every commit. */
  journal(): number {
    try {
      return Deno.statSync(`${this.folder}/state/state.db-wal`).size;
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return -1;
      throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.mail[Symbol.asyncDispose]();
    await this.webhook[Symbol.asyncDispose]();
    await Deno.remove(this.folder, { recursive: true });
  }
}

async function resultOf(child: Deno.ChildProcess): Promise<TaskResult> {
  const { code, stdout, stderr } = await child.output(), decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

const sleep = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

/** One run over the complete logs. */
export async function undisturbed({ logs, detectors, rule, late }: Plot): Promise<Outcome> {
  await using stage = await Stage.open({ detectors, rule });
  const steps = stepsOf(logs, LIVE, late).filter(({ kind }) => kind === "append");
  const writer = new LogWriter(`${stage.folder}/logs`, steps);
  while (!writer.done) await writer.write(1 << 20);
  expectSuccess(await stage.finish());
  return outcomeOf(stage);
}

/** The same bytes, written while runs read them and are killed. */
export async function disturbed(plot: Plot): Promise<Outcome> {
  await using stage = await Stage.open(plot);
  const random = new Random(plot.seed, "kills"), steps = stepsOf(plot.logs, LIVE, plot.late);
  const writer = new LogWriter(`${stage.folder}/logs`, steps);
  const total = steps.reduce((sum, step) => sum + (step.kind === "append" ? step.bytes.length : 0), 0);
  const portion = Math.ceil(total / random.integer(6, 14));
  if (plot.trained) {
    for (let part = 0; part < .6 * total; part += 1000) await writer.write(1000);
    expectSuccess(await stage.finish());
  }
  while (!writer.done) await oneLife(stage, writer, portion, random);
  expectSuccess(await stage.finish());
  return outcomeOf(stage);
}

/** Starts a run, writes a portion of the lines while it works, and kills it at some moment; now and then it may live. */
async function oneLife(stage: Stage, writer: LogWriter, portion: number, random: Random): Promise<void> {
  const child = stage.start(), result = resultOf(child), isOver = killMoment(stage, random);
  let ended = false, left = portion;
  result.then(() => ended = true);
  while (!ended && !isOver()) {
    if (left > 0 && random.chance(.2)) {
      const bytes = random.integer(1, Math.ceil(portion / 6));
      await writer.write(bytes, () => sleep(random.integer(0, 5)));
      left -= bytes;
    }
    await sleep(2);
  }
  if (left > 0) await writer.write(left);
  if (ended) return expectSuccess(await result);
  if (killGroup(child.pid)) stage.kills++;
  await result;
}

/** When to kill: after some time, at some commit, when a message has arrived, or never. */
function killMoment(stage: Stage, random: Random): () => boolean {
  const kind = random.pick(["time", "time", "commit", "commit", "message", "never"]);
  const started = performance.now(), delay = random.integer(100, 1000);
  if (kind === "never") return () => false;
  if (kind === "message") {
    const before = stage.arrived, wanted = random.integer(1, 4);
    return () => stage.arrived >= before + wanted;
  }
  if (kind === "time") return () => performance.now() > started + delay;
  let commits = random.integer(1, 8), last = stage.journal();
  return () => {
    const now = stage.journal();
    if (now !== last) commits--;
    last = now;
    return commits <= 0;
  };
}

function expectSuccess({ code, stderr }: TaskResult): void {
  if (code !== 0) throw new Error(`Cannot go on: the run ended with ${code}: ${stderr}`);
}

const QUERIES: Record<string, string> = {
  verdicts: "select stream, key, kind, service, start, end, lines, score, anomalous from verdict",
  alerts: "select id, stream, start, end, status, json_extract(body, '$.windows') as windows, " +
    "json_extract(body, '$.severity') as severity from alert",
  births: "select stream, json_extract(template, '$.id') as id from birth",
  novelties: "select * from first_seen",
  judging: "select * from judging",
  unsent: "select * from delivery where status <> 'sent'",
};

const FIRING =
  "select distinct incident from alert where status = 'firing' and json_extract(body, '$.windows') > 0";

function outcomeOf(stage: Stage): Outcome {
  const { folder, kills, runs } = stage;
  const database = new DatabaseSync(`${folder}/state/state.db`, { readOnly: true });
  const state = Object.fromEntries(
    Object.entries(QUERIES).map(([name, query]) => [
      name,
      database.prepare(query).all().map((row) => JSON.stringify(Object.values(row)).replaceAll(folder, ""))
        .sort(),
    ]),
  );
  const firing = new Set(database.prepare(FIRING).all().map(({ incident }) => String(incident)));
  database.close();
  const version = Deno.readTextFileSync(`${folder}/models/active`).trim();
  const model = JSON.parse(Deno.readTextFileSync(`${folder}/models/${version}/model.json`));
  state.model = model.streams.map((stream: unknown) => JSON.stringify(stream)).sort();
  const mails = stage.mail.mails.map(mailArrival), posts = stage.webhook.posts.map(postArrival);
  const repeats = [mails, posts].reduce((sum, all) => sum + all.length - firstOnes(all).length, 0);
  return { state, firing, mails, posts, kills, runs, repeats };
}

function mailArrival({ parsed: { messageId = "", headers } }: ReceivedMail): Arrival {
  const header = (name: string) => String(headers.get(`x-deepscan-${name}`));
  const listed = (name: string) => header(name).split(/,\s*/), severities = listed("severity");
  const told = listed("alert").map((alert, i) => `${alert}.${severities[i]}`);
  const isOver = header("status") === "resolved";
  return {
    key: header("key"),
    id: messageId,
    incident: header("incident"),
    kind: header("kind"),
    isOver,
    told,
  };
}

function postArrival({ headers, body }: ReceivedPost): Arrival {
  const message: Message = JSON.parse(body), { incident = "", number, kind = "opened", status } = message;
  const told = toldAlerts(message).map(({ alert, severity }) => `${alert}.${severity}`);
  return {
    key: String(headers["idempotency-key"]),
    id: `${incident}.${number}`,
    incident,
    kind,
    isOver: status === "resolved",
    told,
  };
}

/** Of messages that a receiver knows as the same the first one, in the order of arrival. */
function firstOnes(arrivals: readonly Arrival[]): Arrival[] {
  return [...Map.groupBy(arrivals, ({ id }) => id).values()].map(([first]) => first);
}

/**
 * Where `outcome` is not as `expected` says, for a person; empty where they are equal.
 *
 * Which alerts share a message, how many steps of an alert's severity were told apart, and whether its end was told with its beginning
 * depends on when runs looked. So what counts of messages is what was told, not in which company, and of what was told of an alert the
 * most severe; and that each incident was opened once, ended once each time it had begun, and in the end is told as what it is.
 *
 * Where lines come late, a window can be anomalous for a while and normal in the end. Whether anybody was told in between
 * depends on when a run looked as well, so there messages are only held against the alerts that are left.
 */
export function differences(expected: Outcome, outcome: Outcome, late: number): string[] {
  const wanted = late === 0 ? { ...expected.state, ...toldBy(expected) } : expected.state;
  const got: Record<string, string[]> = { ...outcome.state, ...toldBy(outcome) };
  return [
    ...Object.entries(wanted).flatMap(([name, rows]) => compared(name, rows, got[name])),
    ...untold("mails", outcome, outcome.mails),
    ...untold("posts", outcome, outcome.posts),
    ...twice("mails", outcome.mails),
    ...twice("posts", outcome.posts),
    ...lives("mails", outcome, outcome.mails),
    ...lives("posts", outcome, outcome.posts),
    ...compared("channels", mostSevere(outcome.mails), mostSevere(outcome.posts)),
  ];
}

/** Incidents that were not told as one may: opened once, ended once an opening, and in the end as they are. */
function lives(name: string, { firing }: Outcome, arrivals: readonly Arrival[]): string[] {
  const first = new Set(firstOnes(arrivals));
  return [...Map.groupBy(arrivals, ({ incident }) => incident)].flatMap(([incident, told]) => {
    const faults: string[] = [];
    let isOpen = false;
    told.forEach((one, i) => {
      const { key, kind, isOver } = one, opens = kind === "opened" || kind === "again";
      const tellsSeveral = key.startsWith("summary-"), isRepeat = !first.has(one);
      const isWrong = (kind === "opened") !== (i === 0) || (opens && isOpen) ||
        (kind === "repeat" && !isOpen);
      if (isWrong && !tellsSeveral && !isRepeat) faults.push(`${kind} as message ${i}`);
      isOpen = !isOver && (isOpen || opens || tellsSeveral);
    });
    if (isOpen !== firing.has(incident)) faults.push(`told as ${isOpen ? "open" : "over"} in the end`);
    return faults.map((fault) =>
      `${name}: incident ${incident}: ${fault} (${told.map(({ kind }) => kind).join()})`
    );
  });
}

/** What was told of each alert at its most severe: `ALERT.SEVERITY`. */
function toldBy({ mails, posts }: Outcome): { mails: string[]; posts: string[] } {
  return { mails: mostSevere(mails), posts: mostSevere(posts) };
}

/** What a channel told of two incidents, or otherwise when a message came again. */
function twice(name: string, arrivals: readonly Arrival[]): string[] {
  const first = new Map(arrivals.toReversed().map(({ key, told }) => [key, told]));
  const changed = arrivals.filter(({ key, told }) => told.join() !== first.get(key)!.join());
  const holders = Map.groupBy(
    firstOnes(arrivals).flatMap(({ told, incident }) =>
      told.map((one) => ({ alert: one.split(".")[0], incident }))
    ),
    ({ alert }) => alert,
  );
  return [
    ...[...holders].filter(([, all]) => all.some(({ incident }) => incident !== all[0].incident))
      .map(([alert]) => `${name}: ${alert} was told of two incidents`),
    ...changed.map(({ key }) => `${name}: what came again as ${key} tells something else`),
  ];
}

function mostSevere(arrivals: readonly Arrival[]): string[] {
  const sorted = arrivals.flatMap(({ told }) => told).sort((a, b) =>
    rankOf(a.split(".")[1]) - rankOf(b.split(".")[1])
  );
  return [...new Map(sorted.map((key) => [key.split(".")[0], key])).values()];
}

function rankOf(severity: string): number {
  return SEVERITIES.indexOf(severity as Severity);
}

/** Alerts that are left and of which nobody was told as severe as they are. */
function untold(name: string, { state }: Outcome, arrivals: readonly Arrival[]): string[] {
  const told = new Map(mostSevere(arrivals).map((key) => [key.split(".")[0], rankOf(key.split(".")[1])]));
  return state.alerts.map((row) => JSON.parse(row)).filter(([id, , , , , windows, severity]) =>
    windows > 0 && !((told.get(id) ?? -1) >= rankOf(severity))
  ).map((row) => `${name}: nobody was told of ${JSON.stringify(row)}`);
}

function compared(name: string, wanted: readonly string[], got: readonly string[]): string[] {
  return [...missing(name, wanted, got), ...missing(name, got, wanted).map((row) => `${row} is too much`)];
}

function missing(name: string, wanted: readonly string[], got: readonly string[]): string[] {
  const there = new Set(got);
  return wanted.filter((row) => !there.has(row)).map((row) => `${name}: ${row.slice(0, 300)}`);
}
