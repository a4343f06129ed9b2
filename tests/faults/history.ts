/**
 * A history of runs over growing, rotated logs, cut short by SIGKILL.
 *
 * @module
 */
import type { LiveOptions } from "../../data/live.ts";
import { Random } from "../../data/shop/random.ts";
import { startTask, type TaskResult } from "../runner/tasks/task.ts";
import { killGroup } from "../services/kill_group.ts";
import { type MailServer, startMailServer } from "../services/mail_server.ts";
import { startWebhookReceiver, type WebhookReceiver } from "../services/webhook_receiver.ts";
import { firstOnes, mailArrival, postArrival } from "./arrival.ts";
import { LogWriter, stepsOf } from "./log_writer.ts";
import { leftIn, type Outcome } from "./outcome.ts";

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

function outcomeOf(stage: Stage): Outcome {
  const { folder, kills, runs } = stage;
  const mails = stage.mail.mails.map(mailArrival), posts = stage.webhook.posts.map(postArrival);
  const repeats = [mails, posts].reduce((sum, all) => sum + all.length - firstOnes(all).length, 0);
  return { ...leftIn(folder), channels: { mails, posts }, kills, runs, repeats };
}
